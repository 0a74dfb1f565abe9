import type { Message, Verdict } from './sender.ts'

/** A batch that a store has given out, and what it needs to end it. */
export interface Batch {
  readonly messages: readonly Message[]
}

/** Where messages wait for the receiver. */
export interface Store {
  put(messages: readonly Message[]): void
  /** True when something waits. */
  readonly hasWork: boolean
  /** True when there is a batch that cannot become larger. */
  readonly isFull: boolean
  /** The oldest messages; they stay until the batch is ended. */
  take(): Batch | undefined
  /** The batch need not be sent again. */
  end(batch: Batch, verdict: Verdict): void
  /**
   * The process ends, and the receiver cannot be reached: what waits stays
   * for the next process, or is lost for this reason.
   */
  giveUp(reason: string): void
  close(): void
}

/** How large a batch may be. */
export interface BatchLimits {
  readonly maxRecords: number
  readonly maxBytes: number
}

/** Tells the handler about messages, in their order: `null` or why not. */
export type Settle = (results: readonly (string | null)[]) => void

/** The results of a batch; which ones were refused is not known. */
export function resultsOf(
  count: number,
  { refused, reason }: Verdict,
): (string | null)[] {
  return Array.from({ length: count }, (_, i) => (i < refused ? reason : null))
}
