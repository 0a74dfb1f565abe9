import type { Loss } from './destination.ts'
import type { OnFull } from './line-buffer.ts'

const NEWLINE = 10

/** Whole lines for one write call, with the report of a loss among them. */
export class Batch {
  readonly chunk: Buffer
  readonly loss: Loss | undefined
  readonly #dropAt: number
  readonly #lines: number

  /** `drop` is the line for `loss`; it stands where the lost lines would. */
  constructor(lines: string[], onFull: OnFull, loss?: Loss, drop?: string) {
    this.loss = loss
    this.#lines = lines.length
    this.#dropAt = onFull === 'drop_old' ? 0 : lines.length
    const all = [...lines]
    if (drop !== undefined) all.splice(this.#dropAt, 0, drop)
    this.chunk = Buffer.from(`${all.join('\n')}\n`)
  }

  /** What the first bytes of the chunk contain. */
  within(bytes: number): Within {
    if (bytes === this.chunk.length) {
      return { lines: this.#lines, hasDrop: this.loss !== undefined, rest: 0 }
    }
    const end = bytes === 0 ? 0 : this.chunk.lastIndexOf(NEWLINE, bytes - 1) + 1
    let whole = 0
    for (let i = 0; i < end; i++) if (this.chunk[i] === NEWLINE) whole++
    const hasDrop = this.loss !== undefined && whole > this.#dropAt
    return { lines: hasDrop ? whole - 1 : whole, hasDrop, rest: bytes - end }
  }
}

/** See {@link Batch.within}. */
export interface Within {
  /** Whole lines, without the report of a loss. */
  readonly lines: number
  /** Whether the report is whole. */
  readonly hasDrop: boolean
  /** Bytes of the line that follows. */
  readonly rest: number
}
