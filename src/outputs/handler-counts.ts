import type { Tally } from './destination.ts'

/** What one handler did, for `$stop`. */
export interface HandlerStats {
  /** Iterations whose level passed. */
  readonly received: number
  readonly written: number
  readonly lost: number
}

/**
 * Counts the records of the handlers of one name in this process: a reload
 * makes a new handler, which goes on counting.
 */
export class HandlerCounts {
  received = 0
  /** `Seq` of the latest record. */
  seq = 0
  readonly #tallies: Tally[] = []

  /** The tally of a further destination. */
  add(tally: Tally): void {
    this.#tallies.push(tally)
  }

  get stats(): HandlerStats {
    let written = 0
    let lost = 0
    for (const tally of this.#tallies) {
      written += tally.written
      lost += tally.lost
    }
    return { received: this.received, written, lost }
  }
}
