import { FIELDS, type FieldName, isFieldName } from '../record/fields.ts'
import type { AuditRecord } from '../record/record.ts'
import { FilterError, notAField } from './filter-error.ts'
import { HIDDEN } from './mask-value.ts'
import type { Complain } from './verdict.ts'

/** Fields that say which record this is, or how it ended. */
const IDENTITY = [
  'WatchID',
  'Operation',
  'Outcome',
  'EndReason',
  'PrevHash',
  'Hash',
] as const

/** A field that holds text or a document that may be hidden. */
export type HideableField = {
  [name in FieldName]: (typeof FIELDS)[name] extends 'string' | 'value'
    ? name
    : never
}[Exclude<FieldName, (typeof IDENTITY)[number]>]

/** Every field that may be hidden. */
export const HIDEABLE: readonly HideableField[] =
  Object.keys(FIELDS).filter(isHideable)

/** Fields that mongowatch or the driver fill, never a user. */
const TECHNICAL = new Set<string>([
  'ErrorType',
  'Session',
  'Driver',
  'Host',
  'TraceID',
  'SpanID',
  'ShapeHash',
])

/** True for a field that can hold what a user of the application wrote. */
export function isWrittenByUsers(field: HideableField): boolean {
  return !TECHNICAL.has(field)
}

/** The name of a field that may be hidden, or an error that says why not. */
export function checkHideable(name: string): HideableField {
  if (isHideable(name)) return name
  if (!isFieldName(name)) throw notAField(name)
  throw new FilterError(
    `${name} cannot be hidden: it holds no text of the application`,
  )
}

/** What is shown in place of a value; the record is as it came. */
export type Hide = (value: unknown, original: AuditRecord) => unknown

/**
 * Replaces what a field of a record holds. When `change` throws, the field
 * holds a mark and nothing else.
 */
export function hideField(
  record: AuditRecord,
  field: string,
  change: Hide,
  complain: Complain,
  original: AuditRecord = record,
): void {
  const value: unknown = Reflect.get(record, field)
  if (value === undefined || value === null) return
  let hidden: unknown = HIDDEN
  try {
    hidden = change(value, original)
  } catch (error) {
    complain(error)
  }
  Reflect.set(record, field, hidden)
}

function isHideable(name: string): name is HideableField {
  const type = isFieldName(name) ? FIELDS[name] : undefined
  return (
    (type === 'string' || type === 'value') &&
    !IDENTITY.some(identity => identity === name)
  )
}
