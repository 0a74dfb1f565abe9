import fc from 'fast-check'
import t from 'tap'
import {
  createFilter,
  type FilterSettings,
} from '../../src/filters/create-filter.ts'
import type { RecordFilter } from '../../src/filters/filter.ts'
import type { AuditRecord } from '../../src/record/record.ts'
import { deepFreeze } from '../fixtures/audit-record.ts'
import { record, SECRETS } from '../fixtures/random-records.ts'

const CHOOSING: FilterSettings[] = [
  { when: 'Collection == "orders" && Duration > 0.1' },
  { when: 'has(Filter.email) || Iteration == 3' },
  { when: 'Collection.matches("(a+)+$")', exceptionResult: 'drop' },
  { match: { 'Filter.email': { $exists: true } } },
  { match: { $or: [{ DB: 'shop' }, { 'Filter.a': { $gt: 5, $ne: null } }] } },
  { match: { Filter: { $elemMatch: { a: { $regex: '(a+)+$' } } } } },
  {
    match: { 'Update.$set.email': { $in: ['a', null] }, Filter: { $size: 2 } },
  },
  { sample: 0.5 },
  { sample: { rate: 0.5, by: 'Filter' } },
  { rate: { attributes: ['InsertedCount'], outputRateSec: 1 } },
  {
    rate: {
      attributes: ['Filter'],
      ignoreIntermediates: false,
      ignoreNones: false,
    },
  },
]

const CHANGING: FilterSettings[] = [
  { fields: { constant: { Environment: 'test' }, drop: ['Update'] } },
  { redact: { rules: [{ keys: ['email'], action: 'partial' }] } },
  {
    redact: {
      rules: [{ paths: ['**.phones', 'Filter.*.a'], action: 'truncate' }],
    },
  },
]

const DETECT = ['email', 'card', 'iban', 'jwt', 'aws_key'] as const
const FIELDS = ['Filter', 'Update', 'Options']

/** After one of these no secret is left. */
const HIDING: FilterSettings[] = [
  { mask: { fields: FIELDS } },
  ...(['mask', 'type', 'hash', 'drop'] as const).flatMap(action => [
    { redact: { rules: [{ detect: DETECT, action }], key: 'k' } },
    {
      redact: { rules: [{ paths: ['**'], detect: DETECT, action }], key: 'k' },
    },
  ]),
]

/** Once with secrets in keys: `mask` leaves keys as they are. */
const keysHideable = (settings: FilterSettings) => settings.mask === undefined

function build(stack: readonly FilterSettings[]): RecordFilter[] {
  const clock = { now: 0, monotonic: () => (clock.now += 100), wall: () => 0 }
  return stack.map((each, i) => createFilter(`f${i}`, each, { clock }))
}

function run(filters: RecordFilter[], record: AuditRecord): AuditRecord[] {
  let current: AuditRecord | false = record
  for (const filter of filters) {
    if (current === false) return []
    current = filter.apply(deepFreeze(current))
  }
  return current === false ? [] : [current]
}

const RUNS = { numRuns: 500 }
const twenty = fc.array(record, { minLength: 20, maxLength: 20 })

t.test('ten thousand records go through any filters', async () => {
  const stacks = fc.array(
    fc.constantFrom(...CHOOSING, ...CHANGING, ...HIDING),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  fc.assert(
    fc.property(stacks, twenty, (stack, records) => {
      const filters = build(stack)
      for (const each of records) {
        const before = JSON.stringify(each)
        const outputs = run(filters, each)
        if (JSON.stringify(each) !== before) return false
        if (outputs.some(out => sizeOf(out) > 6 * before.length + 2000))
          return false
      }
      return filters.every(filter => (filter.flush?.() ?? []).length <= 1)
    }),
    RUNS,
  )
})

t.test(
  'no secret is in ten thousand records that were to hide it',
  async () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...CHOOSING, ...CHANGING), { maxLength: 2 }),
        fc.constantFrom(...HIDING),
        twenty,
        (before, hiding, records) => {
          const filters = build([...before, hiding])
          return records.every(each =>
            run(filters, each).every(out => {
              const shown = keysHideable(hiding)
                ? JSON.stringify(out)
                : valuesOf(out)
              return !SECRETS.some(secret => shown.includes(secret))
            }),
          )
        },
      ),
      RUNS,
    )
  },
)

function sizeOf(record: AuditRecord): number {
  return JSON.stringify(record).length
}

/** Every text that is not a key. */
function valuesOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `${value}\n`
  return Object.values(value).map(valuesOf).join('')
}
