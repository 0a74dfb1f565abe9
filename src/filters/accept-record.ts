import { types } from 'node:util'
import { FIELDS, type FieldType, isFieldName } from '../record/fields.ts'
import { type AuditRecord, copyRecord } from '../record/record.ts'
import { snapshot } from '../record/snapshot.ts'
import { kindOf } from './error-place.ts'
import { addedFields, canBeAdded, REQUIRED_FIELDS } from './filter-fields.ts'

/** Bounds of what a module may put into a field. */
const LIMITS = {
  depth: 64,
  keys: 10_000,
  array: 10_000,
  string: 2 ** 20,
  bytes: 2 ** 20,
}

/** Fields of a module's own that are taken over. */
const MOST_ADDED = 32

const IS_OF_TYPE: {
  readonly [type in FieldType]: (value: unknown) => boolean
} = {
  string: value => typeof value === 'string',
  integer: value => Number.isInteger(value),
  seconds: value => Number.isFinite(value),
  date: value => value instanceof Date && !Number.isNaN(value.getTime()),
  iteration: () => true,
  code: value => typeof value === 'string' || Number.isInteger(value),
  value: () => true,
}

/** What a module returned is no record; names no value of it. */
export class RefusedResult extends TypeError {}

/** A module cannot say that a record is about another operation. */
const FIXED = ['WatchID', 'Iteration'] as const

/**
 * A record that a module returned, as a record of ours: every field has its
 * type, documents are bounded copies, and what the module added is added.
 */
export function acceptRecord(
  original: AuditRecord,
  result: unknown,
): AuditRecord {
  if (typeof result !== 'object' || result === null) {
    throw new RefusedResult(`expected a record or false, got ${kindOf(result)}`)
  }
  if (types.isPromise(result)) {
    result.catch(() => {}) // refused, so nobody else takes its rejection
  }
  if ('then' in result) {
    throw new RefusedResult('expected a record or false, got a promise')
  }
  for (const name of FIXED) {
    if (Reflect.get(result, name) === original[name]) continue
    throw new RefusedResult(`${name} was changed`)
  }
  const record = copyRecord(original)
  for (const [name, type] of Object.entries(FIELDS)) {
    Reflect.set(
      record,
      name,
      acceptField(name, type, Reflect.get(result, name)),
    )
  }
  addFields(record, result)
  return record
}

function acceptField(name: string, type: FieldType, value: unknown): unknown {
  const isMissing = value === undefined || value === null
  if (isMissing && !REQUIRED_FIELDS.has(name)) return undefined
  if (!IS_OF_TYPE[type](value)) {
    throw new RefusedResult(`${name} is not of type ${type}`)
  }
  return type === 'value' ? snapshot(value, LIMITS) : value
}

/** What the result has beyond a record's fields, and has no more. */
function addFields(record: AuditRecord, result: object): void {
  for (const name of addedFields(record)) Reflect.set(record, name, undefined)
  const names = Object.keys(result).filter(
    name => !isFieldName(name) && canBeAdded(name),
  )
  for (const name of names.slice(0, MOST_ADDED)) {
    Reflect.set(record, name, snapshot(Reflect.get(result, name), LIMITS))
  }
}
