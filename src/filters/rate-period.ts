import { FIELDS, type FieldName, isFieldName } from '../record/fields.ts'
import { AuditRecord } from '../record/record.ts'
import { createWatchIds } from '../record/watch-id.ts'

/** The summary has these when all records it is about agree. */
const SHARED: readonly FieldName[] = [
  'DB',
  'Collection',
  'Outcome',
  'Server',
  'AppName',
  'DBUser',
  'Driver',
  'Host',
  'PID',
  'Thread',
]

/** Sums are written into fields that hold numbers. */
const NUMBER_TYPES = new Set<string>(['integer', 'seconds'])

/** A period that was cut short counts as one second at least. */
const SHORTEST_MS = 1000

const nextWatchId = createWatchIds()

/** What was summed up in one period. Times are milliseconds. */
export class RatePeriod {
  /** On the monotonic clock. */
  readonly start: number
  readonly #wall: number
  readonly #attributes: readonly string[]
  readonly #sums: number[]
  readonly #shared = new Map<FieldName, unknown>()
  #count = 0
  #logger = ''
  #level = ''

  constructor(attributes: readonly string[], start: number, wall: number) {
    this.start = start
    this.#wall = wall
    this.#attributes = attributes
    this.#sums = attributes.map(() => 0)
  }

  get isEmpty(): boolean {
    return this.#count === 0
  }

  /** Adds a record that `amounts` are new of. */
  add(record: AuditRecord, amounts: readonly number[]): void {
    amounts.forEach((amount, i) => {
      this.#sums[i] = (this.#sums[i] ?? 0) + amount
    })
    for (const name of SHARED) {
      if (this.#count === 0) this.#shared.set(name, record[name])
      else if (this.#shared.get(name) !== record[name])
        this.#shared.delete(name)
    }
    this.#count += 1
    this.#logger = record._logger
    this.#level = record._level
  }

  /** The record of the period, which ended at `end` on the monotonic clock. */
  summary(end: number, suffix: string): AuditRecord {
    const length = Math.max(0, end - this.start)
    const record = new AuditRecord(
      this.#logger,
      '$rate',
      nextWatchId(this.#wall),
      new Date(this.#wall),
    )
    record._level = this.#level
    record.Iteration = 'final'
    record.EndTime = new Date(this.#wall + length)
    record.WallTime = length / 1000
    record.Suppressed = this.#count
    for (const [name, value] of this.#shared) Reflect.set(record, name, value)
    const seconds = Math.max(SHORTEST_MS, length) / 1000
    this.#attributes.forEach((name, i) => {
      const sum = this.#sums[i] ?? 0
      if (holdsNumber(name)) Reflect.set(record, name, sum)
      Reflect.set(record, name + suffix, sum / seconds)
    })
    return record
  }
}

function holdsNumber(name: string): boolean {
  return isFieldName(name) && NUMBER_TYPES.has(FIELDS[name])
}
