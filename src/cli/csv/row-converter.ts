import type { Dialect } from './dialect.ts'

const LINE_FEED = 10
const RETURN = 13
const QUOTE = 34

/**
 * Writes rows anew in a dialect, byte by byte: text that is not UTF-8 survives,
 * and a cell as large as a document needs no more than room for its row.
 */
export class RowConverter {
  readonly #delimiter: number
  readonly #lineEnd: Buffer
  readonly #quoteAll: boolean
  #out = Buffer.allocUnsafe(1 << 12)
  #used = 0

  constructor({ delimiter, lineEnd, quoteAll }: Dialect) {
    this.#delimiter = delimiter.charCodeAt(0)
    this.#lineEnd = Buffer.from(lineEnd)
    this.#quoteAll = quoteAll
  }

  /** The row in the dialect, line end included; valid until the next call. */
  convert(row: Uint8Array): Uint8Array {
    // `,,` becomes `"","",""`: no row grows more
    const most = 3 * row.length + 4
    if (this.#out.length < most) this.#out = Buffer.allocUnsafe(2 * most)
    this.#used = 0
    const end = withoutLineEnd(row)
    let at = this.#cell(row, 0, end)
    while (at < end) {
      this.#put(this.#delimiter)
      at = this.#cell(row, at + 1, end)
    }
    for (const byte of this.#lineEnd) this.#put(byte)
    return this.#out.subarray(0, this.#used)
  }

  /** Writes a cell and answers where it ends. */
  #cell(row: Uint8Array, start: number, end: number): number {
    const quoted = start < end && row[start] === QUOTE
    const from = quoted ? start + 1 : start
    const to = quoted ? closing(row, from, end) : this.#next(row, from, end)
    const quotes = this.#quoteAll || this.#needsQuotes(row, from, to)
    if (quotes) this.#put(QUOTE)
    for (let at = from; at < to; at++) {
      const byte = row[at] ?? 0
      this.#put(byte)
      if (byte !== QUOTE) continue
      this.#put(QUOTE)
      if (quoted) at++ // it is written twice there too
    }
    if (quotes) this.#put(QUOTE)
    return quoted ? this.#next(row, to, end) : to
  }

  #next(row: Uint8Array, start: number, end: number): number {
    let at = start
    while (at < end && row[at] !== this.#delimiter) at++
    return at
  }

  #needsQuotes(row: Uint8Array, from: number, to: number): boolean {
    for (let at = from; at < to; at++) {
      const byte = row[at]
      if (byte === QUOTE || byte === this.#delimiter) return true
      if (byte === LINE_FEED || byte === RETURN) return true
    }
    return false
  }

  #put(byte: number): void {
    this.#out[this.#used++] = byte
  }
}

/** Where the closing quote of a cell is. */
function closing(row: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && (row[at] !== QUOTE || row[at + 1] === QUOTE)) {
    at += row[at] === QUOTE ? 2 : 1
  }
  return Math.min(at, end)
}

function withoutLineEnd(row: Uint8Array): number {
  const end = row.at(-1) === LINE_FEED ? row.length - 1 : row.length
  return row[end - 1] === RETURN ? end - 1 : end
}
