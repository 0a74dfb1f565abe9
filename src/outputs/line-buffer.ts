/** What to do with a line when the buffer is full. */
export type OnFull = 'drop_old' | 'drop_new' | 'block'

/** Bounds of what waits to be written. */
export interface BufferLimits {
  /** Lines. @default 10_000 */
  readonly maxRecords: number
  /** Bytes of text, as UTF-8. @default 33_554_432 */
  readonly maxBytes: number
  /** Which line is lost; `block` tries to write first. @default drop_old */
  readonly onFull: OnFull
}

/** What applies when the configuration says nothing. */
export const DEFAULT_BUFFER: BufferLimits = {
  maxRecords: 10_000,
  maxBytes: 32 * 1024 * 1024,
  onFull: 'drop_old',
}

/** Lines that wait, oldest first, within bounds. */
export class LineBuffer {
  #lines: string[] = []
  #head = 0
  #bytes = 0
  readonly #limits: BufferLimits

  constructor(limits: BufferLimits) {
    this.#limits = limits
  }

  get length(): number {
    return this.#lines.length - this.#head
  }

  /** Bytes of all lines with their line ends. */
  get bytes(): number {
    return this.#bytes
  }

  /** True when one more line of so many bytes would break a bound. */
  isFullFor(bytes: number): boolean {
    if (this.length === 0) return false // a line of any length may pass alone
    const { maxRecords, maxBytes } = this.#limits
    return this.length >= maxRecords || this.#bytes + bytes + 1 > maxBytes
  }

  push(line: string, bytes: number): void {
    this.#lines.push(line)
    this.#bytes += bytes + 1
  }

  /** The first lines, at least one if there is any, up to so many bytes. */
  peek(maxBytes: number): string[] {
    if (this.#bytes <= maxBytes) return this.#lines.slice(this.#head)
    let end = this.#head
    let bytes = 0
    while (end < this.#lines.length && bytes < maxBytes) {
      bytes += size(this.#lines[end])
      end++
    }
    return this.#lines.slice(this.#head, end)
  }

  /** Removes the first lines. */
  remove(count: number): void {
    if (count >= this.length) {
      this.#lines = []
      this.#head = 0
      this.#bytes = 0
      return
    }
    for (let i = 0; i < count; i++) {
      this.#bytes -= size(this.#lines[this.#head])
      this.#lines[this.#head] = ''
      this.#head++
    }
    this.#compact()
  }

  #compact(): void {
    if (this.#head < 1024 || this.#head * 2 < this.#lines.length) return
    this.#lines = this.#lines.slice(this.#head)
    this.#head = 0
  }
}

function size(line: string | undefined): number {
  return line === undefined ? 0 : Buffer.byteLength(line) + 1
}
