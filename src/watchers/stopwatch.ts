import type { Clock } from '../clock.ts'
import { seconds } from './end-record.ts'

/** Adds up the times in which the driver was at work. */
export class Stopwatch {
  readonly #clock: Clock
  #startedAt: number | undefined
  #milliseconds = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Does nothing when it runs already. */
  start(): void {
    this.#startedAt ??= this.#clock.monotonic()
  }

  /** Does nothing when it does not run. */
  stop(): void {
    if (this.#startedAt === undefined) return
    this.#milliseconds += this.#clock.monotonic() - this.#startedAt
    this.#startedAt = undefined
  }

  /** Seconds so far, whether it runs or not. */
  read(): number {
    const running =
      this.#startedAt === undefined
        ? 0
        : this.#clock.monotonic() - this.#startedAt
    return seconds(this.#milliseconds + running)
  }
}
