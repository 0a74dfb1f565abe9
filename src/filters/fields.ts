import { FIELDS, isFieldName } from '../record/fields.ts'
import { readPath } from '../record/read-path.ts'
import { type AuditRecord, copyRecord } from '../record/record.ts'
import type { RecordFilter } from './filter.ts'
import { FilterError, notAField } from './filter-error.ts'
import { canBeAdded, REQUIRED_FIELDS } from './filter-fields.ts'

/** Settings of a `fields` filter. */
export interface FieldsOptions {
  /** New name to the path of a value, e.g. `Filter.tenant`. */
  readonly add?: Readonly<Record<string, string>>
  /** New name to a value that is always the same. */
  readonly constant?: Readonly<Record<string, unknown>>
  /** Name to new name. */
  readonly rename?: Readonly<Record<string, string>>
  readonly drop?: readonly string[]
}

type Change = (record: AuditRecord) => void

/** Existing fields that may be filled: they hold whatever is put there. */
const FREE_FIELDS = new Set(['Actor', 'Request'])

/**
 * Adds, renames and drops fields, in this order: `add`, `constant`, `rename`,
 * `drop`. A new name becomes a field of its own, after all others.
 */
export function createFields(options: FieldsOptions): RecordFilter {
  const changes = [
    ...Object.entries(options.add ?? {}).map(add),
    ...Object.entries(options.constant ?? {}).map(setConstant),
    ...Object.entries(options.rename ?? {}).map(rename),
    ...(options.drop ?? []).map(drop),
  ]
  return {
    apply: record => {
      const copy = copyRecord(record)
      for (const change of changes) change(copy)
      return copy
    },
  }
}

function add([name, path]: [string, string]): Change {
  const target = newName(name)
  const names = path.split('.')
  checkField(names[0] ?? '')
  return record => {
    const value = readPath(record, names)
    if (value !== undefined) Reflect.set(record, target, value)
  }
}

function setConstant([name, value]: [string, unknown]): Change {
  const target = newName(name)
  return record => {
    Reflect.set(record, target, value)
  }
}

function rename([from, to]: [string, string]): Change {
  const source = removable(from)
  const target = newName(to)
  return record => {
    const value = Reflect.get(record, source)
    Reflect.set(record, source, undefined)
    if (value !== undefined) Reflect.set(record, target, value)
  }
}

function drop(name: string): Change {
  const field = removable(name)
  return record => {
    Reflect.set(record, field, undefined)
  }
}

function checkField(name: string): string {
  if (isFieldName(name)) return name
  throw notAField(name)
}

function removable(name: string): string {
  if (!REQUIRED_FIELDS.has(name)) return checkField(name)
  throw new FilterError(`${name} cannot be missing from a record`)
}

function newName(name: string): string {
  if (FREE_FIELDS.has(name)) return name
  if (Object.hasOwn(FIELDS, name)) {
    throw new FilterError(
      `${name} has a meaning of its own; only ${[...FREE_FIELDS].join(' and ')} can be filled`,
    )
  }
  if (canBeAdded(name)) return name
  throw new FilterError(
    `${JSON.stringify(name)} cannot be a field: a letter, then letters, digits and _ . : / -`,
  )
}
