const LINE_FEED = 10
const RETURN = 13
const QUOTE = 34

/** What {@link RowSplitter.split} answers when the row goes on after the bytes. */
export const INCOMPLETE = -1

/** What it answers when a closing quote is followed by more of the cell. */
export const MALFORMED = -2

/**
 * Finds where a CSV row ends and where two of its cells are, without making
 * strings: no CSV library at hand reads as fast as Python's csv module (see
 * bench/csv-aggregate), and rows are copied as they stand. Quoting is RFC 4180;
 * a quote inside an unquoted cell is an ordinary character.
 */
export class RowSplitter {
  readonly #delimiter: number
  readonly #wanted: Int32Array
  /** Cells of the row found last. */
  columns = 0
  /** Begin and end of the wanted cells, quotes not included; -1 if absent. */
  readonly starts: Int32Array
  readonly ends: Int32Array

  /** `wanted` are column numbers from 0. */
  constructor(delimiter: string, wanted: readonly number[]) {
    this.#delimiter = delimiter.charCodeAt(0)
    this.#wanted = Int32Array.from(wanted)
    this.starts = new Int32Array(wanted.length)
    this.ends = new Int32Array(wanted.length)
  }

  /**
   * Where the row that begins at `start` ends, its line end included. `last`
   * says that nothing comes after `end`.
   */
  split(bytes: Uint8Array, start: number, end: number, last: boolean): number {
    this.starts.fill(-1)
    this.columns = 0
    let at = start
    for (;;) {
      at = this.#cell(bytes, at, end, last)
      if (at === INCOMPLETE) return INCOMPLETE
      if (at === end) return last ? end : INCOMPLETE
      if (bytes[at] !== this.#delimiter) {
        return rowEnd(bytes, at, end, last)
      }
      at++
    }
  }

  /** Notes a cell and answers where it ends. */
  #cell(bytes: Uint8Array, start: number, end: number, last: boolean): number {
    if (start === end || bytes[start] !== QUOTE) {
      const at = this.#cellEnd(bytes, start, end)
      const returned = at > start && bytes[at - 1] === RETURN
      this.#note(start, returned && bytes[at] !== this.#delimiter ? at - 1 : at)
      return at
    }
    const at = closingQuote(bytes, start + 1, end, last)
    this.#note(start + 1, at - 1)
    return at
  }

  #cellEnd(bytes: Uint8Array, start: number, end: number): number {
    const delimiter = this.#delimiter
    let at = start
    while (at < end) {
      const byte = bytes[at]
      if (byte === delimiter || byte === LINE_FEED) break
      at++
    }
    return at
  }

  #note(from: number, to: number): void {
    const column = this.columns++
    for (let i = 0; i < this.#wanted.length; i++) {
      if (this.#wanted[i] !== column) continue
      this.starts[i] = from
      this.ends[i] = to
    }
  }
}

function rowEnd(
  bytes: Uint8Array,
  at: number,
  end: number,
  last: boolean,
): number {
  if (bytes[at] === LINE_FEED) return at + 1
  if (bytes[at] !== RETURN) return MALFORMED
  if (at + 1 === end) return last ? end : INCOMPLETE
  return bytes[at + 1] === LINE_FEED ? at + 2 : MALFORMED
}

/** Where a quoted cell ends, after its closing quote. */
function closingQuote(
  bytes: Uint8Array,
  start: number,
  end: number,
  last: boolean,
): number {
  let at = start
  for (;;) {
    while (at < end && bytes[at] !== QUOTE) at++
    if (at >= end) return INCOMPLETE
    if (at + 1 === end) return last ? end : INCOMPLETE
    if (bytes[at + 1] !== QUOTE) return at + 1
    at += 2
  }
}
