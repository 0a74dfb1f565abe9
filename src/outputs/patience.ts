/** How long the end of a process may take for slow receivers. */
export const EXIT_PATIENCE_MS = 5_000

/** How long somebody is waited for who may take his time, but must go on. */
export class Patience {
  readonly #stillMs: number
  #until: number
  #pausedUntil = Number.NEGATIVE_INFINITY

  /** The first news may take so long, the others `stillMs`. */
  constructor(now: number, firstMs: number, stillMs: number) {
    this.#stillMs = stillMs
    this.#until = now + firstMs
  }

  /** It went on. */
  news(now: number): void {
    this.#until = now + this.#stillMs
  }

  /** It says that it will not go on before. */
  pause(now: number, milliseconds: number): void {
    this.#pausedUntil = now + milliseconds + this.#stillMs
  }

  isOver(now: number): boolean {
    return now > Math.max(this.#until, this.#pausedUntil)
  }
}
