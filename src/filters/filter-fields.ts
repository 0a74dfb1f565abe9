import { FIELD_NAMES } from '../record/fields.ts'
import type { AuditRecord } from '../record/record.ts'

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
