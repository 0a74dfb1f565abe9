const FIRST_MS = 100
const LONGEST_MS = 5_000

/** When to try again: after 0.1 s, then twice as long each time, up to 5 s. */
export class Backoff {
  #delay = 0
  #until = 0

  /** `now` is a monotonic clock's. */
  fail(now: number): void {
    this.#delay = Math.min(this.#delay * 2 || FIRST_MS, LONGEST_MS)
    this.#until = now + this.#delay
  }

  succeed(): void {
    this.#delay = 0
  }

  /** True after a failure that no success followed. */
  get failing(): boolean {
    return this.#delay > 0
  }

  /** Milliseconds until the next try. */
  wait(now: number): number {
    return this.failing ? Math.max(0, this.#until - now) : 0
  }
}
