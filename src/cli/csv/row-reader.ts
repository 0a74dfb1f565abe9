import { setImmediate as nextTurn } from 'node:timers/promises'
import { crc32 } from 'node:zlib'
import { CommandError } from '../problem.ts'
import { hasGrown, type Reading, unfinished } from './one-state.ts'
import { INCOMPLETE, MALFORMED, type RowSplitter } from './row-splitter.ts'
import type { Source } from './source.ts'

const WINDOW = 1 << 20
/** A longer row is a bad row: an opening quote that nothing closes. */
const MAX_ROW = 1 << 24
const LINE_FEED = 10
const RETURN = 13

/** Gets the rows of a file; what it says is wrong with a row makes it bad. */
export interface RowReceiver {
  /** A row: its place in `bytes` and in the file. Text: why it is bad. */
  readonly row: (
    bytes: Uint8Array,
    start: number,
    end: number,
    offset: number,
  ) => string | undefined
  readonly bad: (offset: number, reason: string) => void
  /** So many bytes were read. */
  readonly progress: (bytes: number) => void
}

/**
 * Reads all rows that a file had when it was opened, in memory that does not
 * grow with the file. A row at its end that goes on growing is left alone.
 */
export async function readRows(
  source: Source,
  splitter: RowSplitter,
  receiver: RowReceiver,
): Promise<Reading> {
  let window = Buffer.allocUnsafe(WINDOW)
  let base = 0 // of the window in the file
  let filled = 0
  let checksum = 0
  for (;;) {
    const count = source.read(
      window,
      filled,
      Math.min(window.length - filled, source.size - base - filled),
      base + filled,
    )
    checksum = crc32(window.subarray(filled, filled + count), checksum)
    filled += count
    const isEnd = base + filled === source.size
    if (count === 0 && !isEnd) {
      throw new CommandError(`${source.name}: it was cut while it was read`)
    }
    const last = isEnd && !hasGrown(source)
    const done = takeRows(window, base, filled, last, splitter, receiver)
    receiver.progress(base + done)
    if (isEnd) {
      if (base === 0 && done < filled && done === markLength(window)) {
        throw unfinished(source, 'first')
      }
      const isOpen = last && window[filled - 1] !== LINE_FEED
      return { source, checksum, isOpen }
    }
    window.copyWithin(0, done, filled)
    base += done
    filled -= done
    if (done === 0) window = grow(window)
    await nextTurn() // lets a Ctrl-C through
  }
}

function grow(window: Buffer): Buffer<ArrayBuffer> {
  const bigger = Buffer.allocUnsafe(window.length * 2)
  window.copy(bigger)
  return bigger
}

/** Hands over the whole rows of a window; answers where the rest begins. */
function takeRows(
  window: Uint8Array,
  base: number,
  filled: number,
  last: boolean,
  splitter: RowSplitter,
  receiver: RowReceiver,
): number {
  let at = base === 0 ? markLength(window) : 0
  while (at < filled) {
    const end = splitter.split(window, at, filled, last)
    if (end > at) {
      giveRow(window, at, end, base, receiver)
      at = end
    } else {
      const reason = problemOf(end, filled - at, last)
      const next = lineEnd(window, at, filled, last)
      if (reason === undefined || next === undefined) return at
      receiver.bad(base + at, reason)
      at = next
    }
  }
  return at
}

function giveRow(
  window: Uint8Array,
  start: number,
  end: number,
  base: number,
  receiver: RowReceiver,
): void {
  if (end - start <= 2 && isBlank(window, start)) return
  const problem = receiver.row(window, start, end, base + start)
  if (problem !== undefined) receiver.bad(base + start, problem)
}

/** Where the next line begins; a bad row costs its own line and no more. */
function lineEnd(
  window: Uint8Array,
  at: number,
  filled: number,
  last: boolean,
): number | undefined {
  const line = window.indexOf(LINE_FEED, at)
  if (line >= 0 && line < filled) return line + 1
  return last ? filled : undefined
}

/** Why no row was found, if it is not that more bytes are needed. */
function problemOf(
  end: number,
  length: number,
  last: boolean,
): string | undefined {
  if (end === MALFORMED) return 'text after a closing quote'
  if (end === INCOMPLETE && (last || length >= MAX_ROW)) {
    return 'a quote is never closed'
  }
  return undefined
}

function isBlank(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] === LINE_FEED) return true
  return bytes[at] === RETURN && bytes[at + 1] === LINE_FEED
}

/** Length of the byte order mark at the beginning of a file, if there is one. */
function markLength(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
}
