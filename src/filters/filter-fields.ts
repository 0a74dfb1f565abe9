import { FIELD_NAMES } from '../record/fields.ts'
import { type AuditRecord, FIELD_COUNT } from '../record/record.ts'

/** What an expression or query may name: every field, and two private ones. */
export const USABLE_FIELDS: readonly string[] = [
  ...FIELD_NAMES,
  '_logger',
  '_level',
]

/** True for a record about mongowatch itself: `$start`, `$drop` … */
export function isLifecycle(record: AuditRecord): boolean {
  return record.Operation.startsWith('$')
}

/** Without these a record is none. */
export const REQUIRED_FIELDS: ReadonlySet<string> = new Set([
  'WatchID',
  'Iteration',
  'StartTime',
  'Operation',
  'Outcome',
])

/** Names of the fields that filters added to a record. */
export function addedFields(record: AuditRecord): string[] {
  const names = Object.keys(record)
  return names.length === FIELD_COUNT ? [] : names.slice(FIELD_COUNT)
}

const ADDED_NAME = /^[A-Za-z][\w.:/-]{0,63}$/

/** True for a name that a filter may give a field of its own. */
export function canBeAdded(name: string): boolean {
  return ADDED_NAME.test(name) && !(name in Object.prototype)
}
