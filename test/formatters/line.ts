import t from 'tap'
import {
  createLineFormatter,
  type LineSettings,
} from '../../src/formatters/line.ts'
import type { FieldName } from '../../src/record/fields.ts'
import type { AuditRecord } from '../../src/record/record.ts'
import { finishedRecord } from '../fixtures/finished-record.ts'

const DEFAULTS: FieldName[] = [
  'DB',
  'Collection',
  'Operation',
  'Filter',
  'Duration',
  'MatchedCount',
  'InsertedCount',
  'Outcome',
]

function line(
  settings: LineSettings,
  fields: Partial<AuditRecord> & Record<string, unknown> = {},
): string {
  const { format } = createLineFormatter(settings, {
    defaultFields: () => DEFAULTS,
  })
  return format(finishedRecord(fields))
}

t.test('without a format: time, logger and the default fields', async t => {
  t.equal(
    line({}),
    `2026-11-25 01:02:03,460 mongowatch.collection DB='shop' Collection='orders' Operation='findOne' Filter={"status":"paid"} Duration=0.004 MatchedCount=1 Outcome='success'`,
  )
})

t.test('a count that the operation does not have is left out', async t => {
  t.notMatch(line({ format: '{watch}' }), 'InsertedCount')
  t.notMatch(line({ format: '{watch}', missing: 'None' }), 'InsertedCount')
})

t.test('another default field that is absent is left out, or None', async t => {
  const absent = { Collection: undefined }
  t.match(line({ format: '{watch}' }, absent), "DB='shop' Operation=")
  t.match(
    line({ format: '{watch}', missing: 'None' }, absent),
    "DB='shop' Collection=None Operation=",
  )
})

t.test('what a filter added is shown', async t => {
  t.match(
    line({ format: '{watch}' }, { 'InsertedCount/s': 2.5 }),
    / InsertedCount\/s=2.5$/,
  )
})

t.test(
  '{watch.full} is every field that is set, at full precision',
  async t => {
    t.equal(
      line({ format: '{watch.full}' }, { Duration: 0.123456789 }),
      `WatchID='65a7f0b1c0ffee0000000001' Iteration='final' StartTime='2026-11-25 01:02:03,456' EndTime='2026-11-25 01:02:03,460' DB='shop' Collection='orders' Operation='findOne' Filter='{"status":"paid"}' Duration=0.123456789 MatchedCount=1 Outcome='success'`,
    )
  },
)

t.test('{watch.csv} is the row of all fields', async t => {
  t.match(
    line({ format: '{name},{watch.csv}' }),
    /^mongowatch\.collection,65a7f0b1c0ffee0000000001,final,2026-11-25 01:02:03\.456000,/,
  )
})

t.test('{watch.FIELD.key.0} looks inside', async t => {
  const fields = {
    Filter: {
      'user.name': { $in: ['Ann', 'Bo'] },
      n: -0.5,
      at: null,
      ok: true,
    },
  }
  const of = (path: string) => line({ format: `{watch.${path}}` }, fields)
  t.equal(of('DB'), 'shop')
  t.equal(of('Filter.user.name.$in.1'), 'Bo')
  t.equal(of('Filter.user.name'), '{"$in":["Ann","Bo"]}')
  t.equal(of('Filter.n'), '-0.5')
  t.equal(of('Filter.at'), 'null')
  t.equal(of('Filter.ok'), 'true')
  t.equal(of('Filter.absent.deep'), '')
  t.equal(of('StartTime'), '2026-11-25 01:02:03,456')
})

t.test('a prototype cannot be reached', async t => {
  for (const path of [
    'constructor',
    'DB.length',
    'Filter.__proto__',
    'Filter.constructor.name',
    'Filter.toString',
    'StartTime.getTime',
  ]) {
    t.equal(line({ format: `<{watch.${path}}>` }), '<>', path)
  }
})

t.test('width, alignment, fill and precision', async t => {
  const cases: [string, string][] = [
    ['{levelname:<8}|', 'INFO    |'],
    ['{levelname:>8}|', '    INFO|'],
    ['{levelname:^8}|', '  INFO  |'],
    ['{levelname:*^7}|', '*INFO**|'],
    ['{levelname:2}|', 'INFO|'],
    ['{levelname:.2}|', 'IN|'],
    ['{watch.MatchedCount:4}|', '   1|'],
    ['{watch.MatchedCount:04}|', '0001|'],
    ['{watch.Duration:.3f}|', '0.004|'],
    ['{watch.DB:6s}|', 'shop  |'],
  ]
  for (const [format, expected] of cases) t.equal(line({ format }), expected)
})

t.test('a text of digits is no number', async t => {
  const of = (format: string) => line({ format }, { DB: '2026', Seq: 2026 })
  t.equal(of('{watch.DB:.2}|{watch.DB:6}|'), '20|2026  |')
  t.equal(of('{watch.Seq:.2}|{watch.Seq:6}|'), '2026.00|  2026|')
  t.equal(of('{watch.ErrorCode:.2f}|'), '|')
})

t.test('a width counts characters, and none of them is split', async t => {
  const of = (format: string, text: string) =>
    line({ format: `${format}|` }, { DB: text, Filter: { a: text } })
  t.equal(of('{watch.DB:.2}', 'a\nb'), 'a\\u000a|')
  t.equal(of('{watch.DB:.2}', '😀😀😀'), '😀😀|')
  t.equal(of('{watch.DB:3}', '😀'), '😀  |')
  t.equal(of('{watch.DB:😀^4}', 'ab'), '😀ab😀|')
  t.equal(of('{watch.DB:.1}', '\ud800x'), '\\ud800|')
  t.equal(of('{watch.Filter:.7}', '"b'), '{"a":"\\"|')
  t.equal(of('{watch.DB:.3}', 'C:\\d'), 'C:\\|')
})

t.test('braces, tabs and newlines of the template', async t => {
  t.equal(line({ format: '{{{watch.DB}}}' }), '{shop}')
  t.equal(line({ format: 'a\tb\nc' }), 'a\tb\\u000ac')
})

t.test('datefmt is Python’s strftime', async t => {
  const of = (datefmt: string) => line({ format: '{asctime}', datefmt })
  t.equal(of('%Y-%m-%dT%H:%M:%S.%f%z'), '2026-11-25T01:02:03.460000+0000')
  t.equal(
    of('%a %A %b %B %d %y %j %I %p %w %Z %%'),
    'Wed Wednesday Nov November 25 26 329 01 AM 3 UTC %',
  )
  t.throws(() => of('%Q'), /got %Q/)
})

t.test('local time where asked for', async t => {
  const zone = process.env.TZ
  process.env.TZ = 'Asia/Kolkata'
  t.teardown(() => {
    process.env.TZ = zone
    if (zone === undefined) delete process.env.TZ
  })
  t.equal(line({ format: '{asctime}', utc: false }), '2026-11-25 06:32:03,460')
  const datefmt = '%H:%M %z'
  t.equal(line({ format: '{asctime}', utc: false, datefmt }), '06:32 +0530')
})

t.test('{asctime} of an open operation is as far as it has come', async t => {
  const open = { EndTime: undefined, WallTime: 10 }
  t.equal(line({ format: '{asctime}' }, open), '2026-11-25 01:02:13,456')
  t.equal(
    line({ format: '{asctime}' }, { EndTime: undefined }),
    '2026-11-25 01:02:03,456',
  )
})

t.test('levels have Python’s names', async t => {
  for (const [level, name] of [
    ['info', 'INFO'],
    ['warn', 'WARNING'],
    ['warning', 'WARNING'],
    ['error', 'ERROR'],
    ['fatal', 'CRITICAL'],
  ]) {
    t.equal(line({ format: '{levelname}' }, { _level: level ?? '' }), name)
  }
})

t.test('a wrong template says what is wrong and where', async t => {
  const cases: [string, RegExp][] = [
    ['{watch', /at character 1: a \{ alone/],
    ['ab}', /at character 3: a \} alone/],
    ['{}', /no name/],
    ['{watch!r}', /no name|expected/],
    ['{levelname:<x}', /expected an alignment/],
    ['{wacth}', /expected \{asctime\}.*got \{wacth\}/],
    ['{watch._level}', /got \{watch\._level\}/],
  ]
  for (const [format, message] of cases)
    t.throws(() => line({ format }), { code: 'MONGOWATCH_FORMATTER', message })
})
