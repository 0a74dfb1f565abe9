import type { Level } from '../record/level.ts'

/** Where a handler's finished lines go: a file, the console, a transport. */
export interface Destination {
  /**
   * Takes one line, without its line end. Never throws, never waits for
   * anybody; what it cannot keep it counts in `tally`.
   */
  write(line: string, level: Level): void
  /** Hands everything over that can be handed over synchronously. */
  flush(): void
  /** The same for what need not wait any longer. */
  flushDue?(): void
  /**
   * Nothing more will be written: goes on by itself with what waits for a slow
   * receiver, and then ends. Without it, {@link Destination.close} does.
   */
  retire?(): void
  /** What was retired has something to do. */
  readonly isBusy?: boolean
  /**
   * The process ends: helps a slow receiver on, for so long; false when that
   * is of no use any more. After `close`, until everything has ended.
   */
  finish?(milliseconds: number): boolean
  /**
   * Flushes once more, counts what is left as lost, and lets go of descriptors
   * and timers. What is written afterwards is lost.
   */
  close(): void
  /** Lines wait for one another for a while: records may do so, too. */
  readonly gathers?: boolean
  /** Lines that wait. */
  readonly pending: number
  /** What became of the others. */
  readonly tally: Tally
  /**
   * Why an operation must be refused now; `undefined` while lines can be
   * written, and always unless `on_failure` is `refuse`.
   */
  problem?(): Error | undefined
}

/** Lines that were lost and not yet reported. Times are of the wall clock. */
export interface Loss {
  readonly first: number
  readonly last: number
  readonly count: number
  readonly reason: string
}

/** Counts the lines of one destination, and keeps its losses until reported. */
export class Tally {
  /** Lines that were handed over for good. */
  written = 0
  /** Lines that never will be. */
  lost = 0
  #unreported: Loss | undefined

  /** Counts lost lines; `now` is milliseconds since 1970. */
  lose(count: number, reason: string, now: number): void {
    if (count === 0) return
    this.lost += count
    const before = this.#unreported
    this.#unreported = {
      first: before?.first ?? now,
      last: now,
      count: count + (before?.count ?? 0),
      reason,
    }
  }

  /** What a `$drop` record has to say; `undefined` when nothing is open. */
  get unreported(): Loss | undefined {
    return this.#unreported
  }

  /** The loss was written down; losses that came since stay. */
  reported(loss: Loss): void {
    const open = this.#unreported
    if (open === undefined) return
    const count = open.count - loss.count
    this.#unreported =
      count > 0 ? { ...open, first: loss.last, count } : undefined
  }
}
