import type { Level } from '../../record/level.ts'

/** One formatted record on its way to a receiver. */
export interface Message {
  readonly line: string
  readonly level: Level
}

/** What became of a batch that need not be sent again. */
export interface Verdict {
  /** Messages that the receiver refused for good. */
  readonly refused: number
  readonly reason: string
}

/** Every message was taken. */
export const TAKEN: Verdict = { refused: 0, reason: '' }

/** How batches reach a receiver. */
export interface Sender {
  /**
   * Resolves when the batch need not be sent again; rejects when it has to be,
   * with an {@link Unavailable} that says when.
   */
  send(batch: readonly Message[]): Promise<Verdict>
  /** Closes connections. */
  close(): void
}

/** The receiver cannot take a batch now. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
  /** Milliseconds that the receiver asks for; without it, it did not answer. */
  readonly retryAfterMs: number | undefined

  constructor(message: string, retryAfterMs?: number) {
    super(message)
    this.retryAfterMs = retryAfterMs
  }
}
