import assert from 'node:assert/strict'
import fc from 'fast-check'
import parse from 'nsyslog-parser'
import t from 'tap'
import {
  createRfc5424Formatter,
  type Rfc5424Settings,
} from '../../src/formatters/rfc5424.ts'
import type { AuditRecord } from '../../src/record/record.ts'
import { anyRecord } from '../fixtures/any-record.ts'
import { finishedRecord } from '../fixtures/finished-record.ts'
import { fullRecord } from '../fixtures/full-record.ts'
import { readText } from '../fixtures/read-text.ts'

function line(
  fields: Partial<AuditRecord> = {},
  settings: Rfc5424Settings = {},
): string {
  return createRfc5424Formatter(settings).format(finishedRecord(fields))
}

t.test('header, structured data, message', async t => {
  t.equal(
    line({ Host: 'web-1', PID: 4711 }),
    '<110>1 2026-11-25T01:02:03.460Z web-1 mongowatch 4711 findOne [mongowatch@32473 WatchID="65a7f0b1c0ffee0000000001" Iteration="final" StartTime="2026-11-25T01:02:03.456Z" DB="shop" Collection="orders" Operation="findOne" Duration="0.0041" MatchedCount="1" Outcome="success"] findOne shop.orders {"status":"paid"}',
  )
})

t.test('facility, application and enterprise are configurable', async t => {
  t.match(
    line(
      { _level: 'warn' },
      { facility: 16, appName: 'shop', enterpriseId: 1 },
    ),
    /^<132>1 \S+ - shop - findOne \[mongowatch@1 /,
  )
})

t.test('every level has its severity', async t => {
  const severities: [string, number][] = [
    ['emerg', 0],
    ['alert', 1],
    ['critical', 2],
    ['error', 3],
    ['warn', 4],
    ['notice', 5],
    ['info', 6],
    ['debug', 7],
    ['silly', 7],
  ]
  for (const [_level, severity] of severities) {
    t.match(line({ _level }), new RegExp(`^<${13 * 8 + severity}>1 `))
  }
})

t.test('values: quote, backslash and bracket behind a backslash', async t => {
  t.match(line({ DB: 'a"b\\c]d' }), ' DB="a\\"b\\\\c\\]d" ')
  t.match(line({ DB: 'a\nb' }), ' DB="a\\\\u000ab" ')
})

t.test(
  'names and header fields are printable ASCII of bounded length',
  async t => {
    const made = line({
      Host: 'höst name',
      Operation: 'x'.repeat(50),
      ...{ 'a]b="c d': 1 },
    })
    t.match(made, ` h_st_name mongowatch - ${'x'.repeat(32)} [`)
    t.match(made, ' a_b__c_d="1"] ')
  },
)

t.test('a message beyond ASCII begins with a byte order mark', async t => {
  t.match(line({ Collection: 'café' }), '] \ufefffindOne shop.café ')
  t.notMatch(line(), '\ufeff')
})

t.test('an independent parser reads it back', async t => {
  // it does not know the escapes of RFC 5424, so documents are left out
  const record = fullRecord({ DBUser: 'a b', AppName: 'x=y' })
  Object.assign(record, { Update: undefined, Options: undefined })
  const read = parse(createRfc5424Formatter({}).format(record))
  t.match(read, {
    type: 'RFC5424',
    pri: '<110>',
    host: 'web-1',
    appName: 'mongowatch',
    pid: '4711',
    messageid: 'updateMany',
    message: /^updateMany shop\.orders \{/,
  })
  t.match(read.structuredData?.[0], {
    $id: 'mongowatch@32473',
    DB: 'shop',
    DBUser: 'a b',
    AppName: 'x=y',
    Seq: '42',
  })
})

t.test('read by the rules of the RFC, values are what they were', async () => {
  const { format } = createRfc5424Formatter({})
  fc.assert(
    fc.property(anyRecord(), record => {
      const values = readParameters(format(record))
      for (const name of ['DB', 'ErrorMessage', 'Session'] as const) {
        const value = values.get(name)
        assert.equal(value && readText(value), record[name])
      }
    }),
    { numRuns: 400 },
  )
})

/** Parameters of the structured data, their escapes undone. */
function readParameters(message: string): Map<string, string> {
  const values = new Map<string, string>()
  const found = message.matchAll(/ ([^ =\]"]+)="((?:[^"\\\]]|\\.)*)"/g)
  for (const [, name = '', value = ''] of found) {
    values.set(name, value.replace(/\\(["\\\]])/g, '$1'))
  }
  return values
}

t.test(
  'whatever the record, the message has the grammar of RFC 5424',
  async () => {
    const header =
      /^<\d{1,3}>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [!-~]{1,255} [!-~]{1,48} [!-~]{1,128} [!-~]{1,32} /
    const data =
      /^\[mongowatch@32473(?: [!#-<>-\\^-~]{1,32}="(?:[^"\\\]]|\\.)*")*\](?: |$)/
    const { format } = createRfc5424Formatter({})
    fc.assert(
      fc.property(anyRecord(), record => {
        const made = format(record)
        const rest = made.replace(header, '')
        return rest !== made && data.test(rest)
      }),
      { numRuns: 400 },
    )
  },
)
