import type { Chain, OpenedFile } from '../integrity/chain.ts'
import { SEAL_BYTES } from '../integrity/seal-bytes.ts'
import type { Loss } from './destination.ts'
import type { OnFull } from './line-buffer.ts'

const NEWLINE = 10
const NOTHING = Buffer.alloc(0)
/** Lines about the chain that may come before, at most. */
const CONTROL_BYTES = 1024

/** What a batch is made with, besides its lines. */
export interface BatchParts {
  readonly onFull: OnFull
  /** A loss that has to be reported, and the line that does it. */
  readonly loss?: { readonly loss: Loss; readonly line: string } | undefined
  readonly chain?: Chain | undefined
  /** The writer writes nothing more. */
  readonly isEnd?: boolean
}

/** Whole lines for one write call, with the report of a loss among them. */
export class Batch {
  readonly loss: Loss | undefined
  /** Bytes it will have, at most. */
  readonly bytes: number
  readonly #dropAt: number
  readonly #lines: string[]
  readonly #chain: Chain | undefined
  readonly #isEnd: boolean
  #chunk = NOTHING
  #controls = 0

  /** The report stands where the lost lines would. */
  constructor(
    lines: string[],
    { onFull, loss, chain, isEnd = false }: BatchParts,
  ) {
    this.loss = loss?.loss
    this.#dropAt = onFull === 'drop_old' ? 0 : lines.length
    this.#lines = [...lines]
    if (loss !== undefined) this.#lines.splice(this.#dropAt, 0, loss.line)
    this.#chain = chain
    this.#isEnd = isEnd
    if (chain === undefined && this.#lines.length > 0) {
      this.#chunk = Buffer.from(`${this.#lines.join('\n')}\n`)
    }
    this.bytes =
      chain === undefined ? this.#chunk.length : sealedBytes(this.#lines)
  }

  /** The bytes as they go to this file; sealed if there is a chain. */
  chunk(file: OpenedFile, isResumed: boolean): Buffer {
    const chain = this.#chain
    const isEmpty = this.#lines.length === 0 && !this.#isEnd
    if (chain === undefined || isEmpty) return this.#chunk
    const controls = isResumed
      ? chain.resume()
      : chain.controls(file, this.#isEnd)
    const lines = chain.seal([...controls, ...this.#lines])
    this.#controls = controls.length
    this.#chunk = Buffer.from(`${lines.join('\n')}\n`)
    return this.#chunk
  }

  /**
   * What the first bytes of the chunk contain; they are in the file. A line
   * there that lacks only its end is whole: whoever comes next closes it, but
   * not in a pipe.
   */
  settle(bytes: number, isPipe = false): Settled {
    const end = this.#endOfLines(bytes, isPipe)
    const whole = this.#countLines(end)
    this.#chain?.commit(whole)
    const own = whole - this.#controls
    const hasLoss = this.loss !== undefined
    const hasDrop = hasLoss && own > this.#dropAt
    // only a record is finished later: what else stands here is made again
    const isRecord = own >= 0 && !(hasLoss && own === this.#dropAt)
    return {
      lines: Math.max(0, hasDrop ? own - 1 : own),
      hasDrop,
      rest: isRecord ? Math.max(0, bytes - end) : 0,
    }
  }

  #endOfLines(bytes: number, isPipe: boolean): number {
    if (bytes === 0) return 0
    if (!isPipe && this.#chunk[bytes] === NEWLINE) return bytes + 1
    return this.#chunk.lastIndexOf(NEWLINE, bytes - 1) + 1
  }

  #countLines(end: number): number {
    const chunk = this.#chunk
    if (end === 0) return 0 // it may not even have been made
    if (end === chunk.length) return this.#controls + this.#lines.length
    let whole = 0
    for (let i = 0; i < end; i++) if (chunk[i] === NEWLINE) whole++
    return whole
  }
}

/** At most; encoding them twice would cost more than counting. */
function sealedBytes(lines: readonly string[]): number {
  return lines.reduce(
    (sum, line) => sum + Buffer.byteLength(line) + 1 + SEAL_BYTES,
    CONTROL_BYTES,
  )
}

/** See {@link Batch.settle}. */
export interface Settled {
  /** Whole lines, without the report of a loss. */
  readonly lines: number
  /** Whether the report is whole. */
  readonly hasDrop: boolean
  /** Bytes of the line that follows. */
  readonly rest: number
}
