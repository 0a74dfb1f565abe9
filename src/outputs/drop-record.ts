import { hostname } from 'node:os'
import { threadId } from 'node:worker_threads'
import { AuditRecord } from '../record/record.ts'
import { createWatchIds } from '../record/watch-id.ts'
import type { Loss } from './destination.ts'

/** The logger of records about mongowatch itself. */
export const LIFECYCLE = 'mongowatch.lifecycle'

const HOST = hostname()
const nextWatchId = createWatchIds()

/**
 * The `$drop` record of a loss: StartTime and EndTime are when the first and
 * the last record was lost, Options says how many, why, and by whom. It has no
 * Seq: the gap it explains is the records' own.
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
  record.Options = { handler, count: loss.count, reason: loss.reason }
  record.Host = HOST
  record.PID = process.pid
  record.Thread = threadId
  record._level = 'warning'
  return record
}
