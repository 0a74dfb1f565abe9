/** How long somebody is waited for who may take his time, but must go on. */
export class Patience {
  readonly #stillMs: number
  #until: number

  /** The first news may take so long, the others `stillMs`. */
  constructor(now: number, firstMs: number, stillMs: number) {
    this.#stillMs = stillMs
    this.#until = now + firstMs
  }

  /** It went on. */
  news(now: number): void {
    this.#until = now + this.#stillMs
  }

  isOver(now: number): boolean {
    return now > this.#until
  }
}
