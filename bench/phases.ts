import { type Progress, startProgress } from '../dist/cli/progress.js'

/** Says which part of the run is going on, and how far it is. */
export class Phases {
  readonly #total: number
  #begun = 0

  constructor(total: number) {
    this.#total = total
  }

  /** A line, which a log has too, and a bar if there is a terminal. */
  async start(title: string): Promise<Progress> {
    this.#begun += 1
    const time = new Date().toISOString().slice(11, 19)
    console.error(`[${this.#begun} of ${this.#total}] ${time} ${title}`)
    return startProgress(process.stderr)
  }
}
