import type { SnapshotLimits } from '../record/limits.ts'
import type { AuditRecord } from '../record/record.ts'
import { maskMessage } from '../record/snapshot.ts'
import { peek } from './peek.ts'
import { writeCounts } from './results.ts'

/** Milliseconds as seconds, without the noise below a nanosecond. */
export function seconds(milliseconds: number): number {
  return Math.round(milliseconds * 1e6) / 1e9
}

/** Sets EndTime and WallTime, `elapsed` milliseconds after the beginning. */
export function stampEnd(record: AuditRecord, elapsed: number): void {
  record.EndTime = new Date(record.StartTime.getTime() + elapsed)
  record.WallTime = seconds(elapsed)
}

/** Makes an iteration the last one; earlier ones keep their numbers. */
export function makeFinal(record: AuditRecord): void {
  const { Iteration } = record
  if (typeof Iteration === 'string') return
  record.Iteration = Iteration === 0 ? 'final' : `final(${Iteration})`
}

/** The next iteration of a record that goes on. */
export function makeNext(record: AuditRecord): void {
  if (typeof record.Iteration === 'number') record.Iteration++
}

/**
 * What an error says, and the counts of what was done before it (bulk writes
 * carry a partial result).
 */
export function readError(
  record: AuditRecord,
  error: unknown,
  limits: SnapshotLimits,
): void {
  record.Outcome = 'failure'
  const partial = peek(error, 'result') ?? peek(error, 'partialResult')
  if (partial !== undefined) writeCounts(record, partial, undefined)
  if (!(error instanceof Error)) {
    record.ErrorType = error === null ? 'null' : typeof error
    record.ErrorMessage = maskMessage(String(error), limits)
    return
  }
  record.ErrorType = error.constructor?.name || error.name
  const code = peek(error, 'code')
  if (typeof code === 'number' || typeof code === 'string') {
    record.ErrorCode = code
  }
  record.ErrorMessage = maskMessage(error.message, limits)
}
