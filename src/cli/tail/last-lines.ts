import { fstatSync, readSync } from 'node:fs'

const BLOCK = 1 << 16
const LINE_FEED = 10

/** The end of a file: lines, the newest last, and where they end. */
export interface FileEnd {
  readonly lines: readonly string[]
  /** After the last whole line: what comes next is read from there. */
  readonly offset: number
  /** What follows it: a last line without end. */
  readonly rest: string
}

/**
 * The last lines of a file that are wanted, read from its end backwards: the
 * beginning of a large file is not read. A last line without end is not whole.
 */
export function lastLines(
  descriptor: number,
  count: number,
  isWanted: (line: string) => boolean,
): FileEnd {
  const lines: string[] = []
  const { size } = fstatSync(descriptor)
  let offset: number | undefined
  let rest = ''
  for (const { bytes, begin } of linesBackward(descriptor, size)) {
    if (offset === undefined) {
      offset = begin // what follows the last line end, often nothing
      rest = bytes.toString('utf8')
      continue
    }
    if (lines.length >= count) break
    const line = bytes.toString('utf8')
    if (isWanted(line)) lines.push(line)
  }
  return { lines: lines.reverse(), offset: offset ?? 0, rest }
}

/** Every line, the last first; the first is what follows the last line end. */
function* linesBackward(
  descriptor: number,
  size: number,
): Generator<{ bytes: Buffer; begin: number }> {
  let rest: Buffer[] = [] // of a line that began before the block
  let at = size
  while (at > 0) {
    const length = Math.min(BLOCK, at)
    const block = readAt(descriptor, at - length, length)
    at -= length
    let end = block.length
    for (;;) {
      const feed = end === 0 ? -1 : block.lastIndexOf(LINE_FEED, end - 1)
      if (feed < 0) break
      const bytes = Buffer.concat([block.subarray(feed + 1, end), ...rest])
      yield { bytes, begin: at + feed + 1 }
      rest = []
      end = feed
    }
    rest.unshift(block.subarray(0, end))
  }
  yield { bytes: Buffer.concat(rest), begin: 0 }
}

function readAt(descriptor: number, begin: number, length: number): Buffer {
  const block = Buffer.alloc(length)
  const count = readSync(descriptor, block, 0, length, begin)
  return block.subarray(0, count)
}
