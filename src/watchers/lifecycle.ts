import type { Outcome } from '../record/record.ts'
import { beginRecord, type WatchContext } from './watch-context.ts'

/** The logger of records about mongowatch itself. */
export const LIFECYCLE = 'mongowatch.lifecycle'

/** What is not the same for all of them. */
export interface LifecycleDetail {
  /** The driver's version, when it is about one copy of it. */
  readonly driver?: string | undefined
  /** @default success */
  readonly outcome?: Outcome
}

/**
 * Writes a record about mongowatch itself: `$start`, `$stop`, `$reload`. The
 * facts go into Options.
 */
export function emitLifecycle(
  context: WatchContext,
  operation: `$${string}`,
  facts: Readonly<Record<string, unknown>>,
  { driver, outcome = 'success' }: LifecycleDetail = {},
): void {
  const record = beginRecord(context, LIFECYCLE, operation, driver)
  record.EndTime = record.StartTime
  record.Iteration = 'final'
  record.Outcome = outcome
  record.Options = facts
  context.emit(record, 'final')
}
