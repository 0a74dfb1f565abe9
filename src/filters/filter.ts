import type { AuditRecord } from '../record/record.ts'

/**
 * Decides about the iterations of one handler. One instance per handler:
 * state (rates, samples) is never shared.
 */
export interface RecordFilter {
  /**
   * The record to go on with, or `false` to stop it. Never changes its
   * argument: a filter that changes something returns a copy (`copyRecord`).
   * Never throws: a failure is handled inside by the filter's own rule.
   */
  apply(record: AuditRecord): AuditRecord | false
  /**
   * Must see each record in the turn in which its operation ends, because it
   * looks at a clock or at the asynchronous context.
   */
  readonly isPrompt?: boolean
  /** Records that are still held (rates); called when the handler ends. */
  flush?(): AuditRecord[]
  /**
   * Held records whose time has come although no record came after them;
   * the handler asks about once per second. Never throws.
   */
  due?(): AuditRecord[]
}
