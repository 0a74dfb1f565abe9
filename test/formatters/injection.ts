import assert from 'node:assert/strict'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import t from 'tap'
import { createFormatter } from '../../src/formatters/create-formatter.ts'
import { FIELD_NAMES } from '../../src/record/fields.ts'
import { NOTHING } from '../../src/record/marks.ts'
import { anyRecord } from '../fixtures/any-record.ts'
import { finishedRecord } from '../fixtures/finished-record.ts'
import { HOSTILE_TEXTS, UNSAFE } from '../fixtures/hostile-text.ts'
import { readText } from '../fixtures/read-text.ts'

const CONTEXT = { defaultFields: () => FIELD_NAMES }

const FORMATS = [
  { type: 'line', format: '{asctime} {name} {watch} {watch.Filter}' },
  { type: 'line', format: '{watch.full}|{watch.csv}|{watch.DB:>10}' },
  { type: 'csv' },
  { type: 'csv', dialect: 'unix' },
  { type: 'json' },
  { type: 'ecs' },
  { type: 'otel' },
  { type: 'ocsf' },
  { type: 'ocsf', class: 6003 },
  { type: 'mongo-audit' },
  { type: 'rfc5424' },
  { type: 'cef' },
  { type: 'logfmt' },
]

for (const settings of FORMATS) {
  t.test(
    `one record is one safe line: ${JSON.stringify(settings)}`,
    async () => {
      const { format } = createFormatter(settings, CONTEXT)
      fc.assert(
        fc.property(anyRecord(), record => {
          const line = format(record)
          return !UNSAFE.test(line) && Buffer.from(line).toString() === line
        }),
        { numRuns: 400 },
      )
    },
  )
}

t.test('JSON reads back to the same values', async () => {
  const { format } = createFormatter({ type: 'json' }, CONTEXT)
  fc.assert(
    fc.property(anyRecord(), record => {
      const parsed = JSON.parse(format(record))
      for (const name of FIELD_NAMES) {
        const text = JSON.stringify(record[name])
        assert.deepEqual(
          parsed[name],
          text === undefined ? undefined : JSON.parse(text),
        )
      }
    }),
    { numRuns: 400 },
  )
})

for (const dialect of ['excel', 'excel-tab', 'unix'] as const) {
  t.test(`CSV (${dialect}) reads back to the same values`, async () => {
    const { format } = createFormatter({ type: 'csv', dialect }, CONTEXT)
    const delimiter = dialect === 'excel-tab' ? '\t' : ','
    fc.assert(
      fc.property(anyRecord(), record => {
        const row = readRow(format(record), delimiter)
        FIELD_NAMES.forEach((name, i) => {
          assert.deepEqual(readCell(row[i] ?? '', record[name]), record[name])
        })
      }),
      { numRuns: 400 },
    )
  })
}

function readRow(line: string, delimiter = ','): string[] {
  const rows = parse(line, { delimiter }) as string[][]
  return rows[0] ?? []
}

/** What docs/formats.md says a reader does with a cell. */
function readCell(cell: string, expected: unknown): unknown {
  if (typeof expected === 'string') return readText(unquoted(cell))
  if (cell === '') return undefined
  if (typeof expected === 'number') return Number(cell)
  if (expected instanceof Date) return new Date(`${cell}Z`)
  return JSON.parse(cell, (_, value) => asCopied(value))
}

/** Without the quote that keeps a spreadsheet from running it. */
function unquoted(cell: string): string {
  return cell.replace(
    /^'(['\s\u00ad\u180e\u200b-\u200d\u2060\ufeff]*[=+\-@＝＋－＠])/,
    '$1',
  )
}

/** A copy's documents inherit from nothing; JSON.parse's from Object. */
function asCopied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Array.isArray(value) ? value : Object.setPrototypeOf(value, NOTHING)
}

t.test('no cell that a spreadsheet would run survives', async t => {
  const { format } = createFormatter({ type: 'csv' }, CONTEXT)
  for (const text of HOSTILE_TEXTS) {
    const row = readRow(format(finishedRecord({ DB: text })))
    t.notMatch(
      row[FIELD_NAMES.indexOf('DB')] ?? '',
      /^[\s\u200b\ufeff]*[=+\-@\t\r＝＋－＠]/,
    )
  }
})
