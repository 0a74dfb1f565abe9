import { randomInt } from 'node:crypto'
import { type FieldName, isFieldName } from '../record/fields.ts'
import type { AuditRecord } from '../record/record.ts'
import type { RecordFilter } from './filter.ts'
import { FilterError, notAField } from './filter-error.ts'
import { isLifecycle } from './filter-fields.ts'

/** Settings of a `sample` filter. */
export interface SampleOptions {
  /** The share of operations that are kept, from 0 to 1. */
  readonly rate: number
  /**
   * A field: records with the same value are kept or stopped together, in
   * every process. Without it each operation is decided at random.
   */
  readonly by?: string
}

const RANGE = 2 ** 32

/**
 * Keeps a share of the operations. All iterations of an operation, and with
 * `by` all records of one value, get the same answer.
 */
export function createSample(
  options: SampleOptions,
  salt = randomInt(RANGE),
): RecordFilter {
  const { rate } = options
  if (!(rate >= 0 && rate <= 1)) {
    throw new FilterError(`expected a number from 0 to 1, got ${rate}`)
  }
  const limit = rate * RANGE
  const by = options.by === undefined ? undefined : checkField(options.by)
  return {
    apply: record =>
      (isLifecycle(record) || chance(record, by, salt) < limit) && record,
  }
}

function checkField(name: string): FieldName {
  if (isFieldName(name)) return name
  throw notAField(name)
}

/** A number from 0 to 2^32, always the same for the same value. */
function chance(
  record: AuditRecord,
  by: FieldName | undefined,
  salt: number,
): number {
  const value = by === undefined ? undefined : record[by]
  if (value === undefined || value === null) return hash(record.WatchID, salt)
  return hash(typeof value === 'object' ? JSON.stringify(value) : `${value}`, 0)
}

/** FNV-1a over UTF-16, then mixed so that neighbours differ in every bit. */
function hash(text: string, salt: number): number {
  let state = 0x811c9dc5 ^ salt
  for (let i = 0; i < text.length; i++) {
    state = Math.imul(state ^ text.charCodeAt(i), 0x01000193)
  }
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  return (state ^ (state >>> 16)) >>> 0
}
