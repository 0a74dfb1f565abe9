import type { AuditRecord } from '../record/record.ts'
import { beginRecord, type WatchContext } from './watch-context.ts'

/** The logger of records about mongowatch itself. */
export const LIFECYCLE = 'mongowatch.lifecycle'

/** Writes a record about mongowatch itself: `$start`, `$stop`, `$reload`. */
export function emitLifecycle(
  context: WatchContext,
  operation: `$${string}`,
  facts: Readonly<Record<string, unknown>>,
  driver?: string,
): void {
  const record: AuditRecord = beginRecord(context, LIFECYCLE, operation, driver)
  record.EndTime = record.StartTime
  record.Iteration = 'final'
  record.Outcome = 'success'
  record.Options = facts
  context.emit(record, 'final')
}
