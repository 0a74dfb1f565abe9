import { AuditRecord } from '../record/record.ts'
import { createWatchIds } from '../record/watch-id.ts'
import type { Loss } from './destination.ts'

/** The logger of records about mongowatch itself. */
export const LIFECYCLE = 'mongowatch.lifecycle'

const nextWatchId = createWatchIds()

/**
 * The `$drop` record of a loss: StartTime and EndTime are the first and the
 * last line lost, Suppressed is how many, ErrorMessage is why. It has no Seq:
 * the gap it explains is the lines' own.
 */
export function createDropRecord(handler: string, loss: Loss): AuditRecord {
  const record = new AuditRecord(
    LIFECYCLE,
    '$drop',
    nextWatchId(loss.last),
    new Date(loss.first),
  )
  record.Iteration = 'final'
  record.EndTime = new Date(loss.last)
  record.Outcome = 'failure'
  record.ErrorMessage = loss.reason
  record.Options = { handler }
  record.PID = process.pid
  record.Suppressed = loss.count
  record._level = 'warning'
  return record
}
