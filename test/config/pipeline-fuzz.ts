import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { createOutputs } from '../../src/config/create-outputs.ts'
import { settingsFrom } from '../../src/config/load-settings.ts'
import { SEED } from '../fixtures/config/mutations.ts'
import { UNSAFE } from '../fixtures/hostile-text.ts'
import { record, SECRETS } from '../fixtures/random-records.ts'

const FORMATS = [
  ...['line', 'csv', 'json', 'ecs', 'otel'],
  ...['ocsf', 'mongo-audit', 'rfc5424', 'cef', 'logfmt'],
]

const DETECT = ['email', 'card', 'iban', 'jwt', 'aws_key']

/** What hides the corpus, each in its way. */
const HIDING = {
  mask: { mask: { fields: ['Filter', 'Update', 'Options'] } },
  hash: {
    redact: { rules: [{ detect: DETECT, action: 'hash' }], key: 'of a test' },
  },
  type: { redact: { rules: [{ detect: DETECT, action: 'type' }] } },
}

const FILTERS = Object.keys(HIDING)

/** One file for every format, below the queue: each record is a line. */
function pipeline(folder: string) {
  const handlers = FORMATS.map((type, i) => [
    type,
    {
      class: 'file',
      filename: join(folder, type),
      formatter: type,
      filters: [FILTERS[i % FILTERS.length]],
      queue: false,
    },
  ])
  const full = { format: '{watch.full}' }
  const formatters = FORMATS.map(type => [
    type,
    type === 'line' ? full : { type },
  ])
  return {
    version: 1,
    filters: HIDING,
    formatters: Object.fromEntries(formatters),
    handlers: Object.fromEntries(handlers),
  }
}

t.test('10,000 records leave no secret in any file', async t => {
  const folder = t.testdir()
  const loaded = settingsFrom(pipeline(folder), {})
  t.strictSame(loaded.problems, [])
  const { handlers } = createOutputs(loaded)
  let count = 0
  fc.assert(
    fc.property(record, each => {
      for (const handler of handlers.values()) handler.handle(each, 'final')
      if (++count % 500 === 0)
        for (const handler of handlers.values()) handler.flush()
    }),
    { numRuns: 10_000, seed: SEED },
  )
  for (const handler of handlers.values()) handler.close(5000)
  t.equal(handlers.size, FORMATS.length)
  for (const type of FORMATS) {
    const text = readFileSync(join(folder, type), 'utf8')
    const lines = text.split('\n').slice(0, -1)
    const header = type === 'csv' ? 1 : 0
    t.equal(lines.length, 10_000 + header, `${type}: one record is one line`)
    t.notOk(
      lines.some(line => UNSAFE.test(line)),
      `${type}: no control character`,
    )
    t.ok(
      lines.every(line => line.length < 200_000),
      `${type}: bounded`,
    )
    const seen = SECRETS.filter(secret => text.includes(secret))
    t.strictSame(seen, [], `${type}: no secret`)
  }
})
