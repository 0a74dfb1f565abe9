import type { Level } from '../record/level.ts'
import type { Loss } from './destination.ts'

/** A line for a thread, or the report of a loss. */
export interface ThreadLine {
  readonly line: string
  readonly level: Level
  readonly bytes: number
  readonly loss?: Loss
}

/** Lines that a thread has, in the order in which it will settle them. */
export class ThreadLines {
  #items: ThreadLine[] = []
  #bytes = 0

  get length(): number {
    return this.#items.length
  }

  /** Without reports. */
  get records(): number {
    return countRecords(this.#items)
  }

  get bytes(): number {
    return this.#bytes
  }

  push(items: readonly ThreadLine[]): void {
    this.#items.push(...items)
    for (const { bytes } of items) this.#bytes += bytes
  }

  /** Takes the oldest. */
  take(count = this.#items.length): ThreadLine[] {
    const taken = this.#items.splice(0, count)
    for (const { bytes } of taken) this.#bytes -= bytes
    return taken
  }
}

/** How many of them are no reports. */
export function countRecords(items: readonly ThreadLine[]): number {
  return items.filter(({ loss }) => loss === undefined).length
}
