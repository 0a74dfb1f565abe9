import { fstatSync, readSync } from 'node:fs'
import { type Control, parseControl } from './control.ts'
import { SEAL_BYTES } from './seal-bytes.ts'
import { readSeal } from './sealed-line.ts'

const NEWLINE = 10
const HEADER_BYTES = 4096
const STEPS = [4096, 65_536, 4_194_304]

/** How a file ended at a moment: its size in whole lines, and its last hash. */
export interface FileEnd {
  readonly size: number
  readonly hash: string | null
}

/** The header of an open file; `undefined` when it has none. */
export function readHeader(fd: number): Control | undefined {
  const start = Buffer.alloc(HEADER_BYTES)
  const count = readSync(fd, start, 0, HEADER_BYTES, 0)
  const end = start.subarray(0, count).indexOf(NEWLINE)
  if (end === -1) return undefined
  const control = parseControl(start.subarray(0, end))
  return control?.Operation === '$file' ? control : undefined
}

/** Where the last whole line ends; what others add meanwhile is left out. */
export function readEnd(fd: number): FileEnd {
  const { size } = fstatSync(fd)
  for (const step of STEPS) {
    const from = Math.max(0, size - step)
    const text = Buffer.alloc(size - from)
    const count = readSync(fd, text, 0, text.length, from)
    const end = text.subarray(0, count).lastIndexOf(NEWLINE)
    // the seal before it has to be whole
    if (end === -1 || (from > 0 && end < SEAL_BYTES)) continue
    const hash = readSeal(text.subarray(0, end))?.hash ?? null
    return { size: from + end + 1, hash }
  }
  return { size: 0, hash: null }
}
