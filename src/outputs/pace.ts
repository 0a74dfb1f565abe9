/** Of the time that passes, writes may take so much. */
const SHARE = 1 / 2
/** And so many milliseconds more: a busy machine holds a write up, too. */
const CREDIT_MS = 1_000
/** Longer the next write does not wait: what stood still may be well again. */
const LONGEST_MS = 5_000
const MOST_DEBT = CREDIT_MS + LONGEST_MS * SHARE

/** Leaves the application half of its time, however slow the disk is. */
export class Pace {
  #debt = 0
  #at = Number.NEGATIVE_INFINITY

  /** A write has just ended, `now` on a monotonic clock. */
  wrote(tookMs: number, now: number): void {
    const debt = this.#debtAt(now - tookMs) + tookMs * (1 - SHARE)
    this.#debt = Math.min(debt, MOST_DEBT)
    this.#at = now
  }

  /** Milliseconds until the next write. */
  wait(now: number): number {
    return Math.max(0, this.#debtAt(now) - CREDIT_MS) / SHARE
  }

  #debtAt(now: number): number {
    return Math.max(0, this.#debt - (now - this.#at) * SHARE)
  }
}
