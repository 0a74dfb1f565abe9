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

/** Lines that wait, oldest first, within bounds; an item is at least a line. */
export class LineBuffer<Item = string> {
  #items: Item[] = []
  #sizes: number[] = []
  #head = 0
  #bytes = 0
  readonly #limits: BufferLimits

  constructor(limits: BufferLimits) {
    this.#limits = limits
  }

  get length(): number {
    return this.#items.length - this.#head
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

  push(item: Item, bytes: number): void {
    this.#items.push(item)
    this.#sizes.push(bytes + 1)
    this.#bytes += bytes + 1
  }

  /** The oldest line. */
  get first(): Item | undefined {
    return this.#items[this.#head]
  }

  /** The first lines, at least one if there is any, up to so many bytes. */
  peek(maxBytes: number): Item[] {
    let end = this.#items.length
    if (this.#bytes > maxBytes) {
      end = this.#head
      for (let sum = 0; sum < maxBytes; end++) sum += this.#sizes[end] ?? 0
    }
    return this.#items.slice(this.#head, end)
  }

  /** Removes the first lines. */
  remove(count: number): void {
    if (count >= this.length) {
      this.#items = []
      this.#sizes = []
      this.#head = 0
      this.#bytes = 0
      return
    }
    for (const end = this.#head + count; this.#head < end; this.#head++) {
      this.#bytes -= this.#sizes[this.#head] ?? 0
    }
    this.#compact()
  }

  /** Removes the second line: the first is on its way. */
  removeSecond(): void {
    const at = this.#head
    const [first, second] = this.#items.slice(at, at + 2)
    const [size = 0, removed = 0] = this.#sizes.slice(at, at + 2)
    if (first === undefined || second === undefined) return
    this.#items[at + 1] = first
    this.#sizes[at + 1] = size
    this.#bytes -= removed
    this.#head++
    this.#compact()
  }

  /** Lets removed lines go now and then: moving all of them costs time. */
  #compact(): void {
    if (this.#head < 256 || this.#head * 2 < this.#items.length) return
    this.#items = this.#items.slice(this.#head)
    this.#sizes = this.#sizes.slice(this.#head)
    this.#head = 0
  }
}
