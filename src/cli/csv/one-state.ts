import { crc32 } from 'node:zlib'
import { CommandError } from '../problem.ts'
import type { Source } from './source.ts'

const CHUNK = 1 << 20

/** What was read of a file that may be written meanwhile. */
export interface Reading {
  readonly source: Source
  /** CRC-32 of all bytes up to the size that the file had. */
  readonly checksum: number
  /** The last row was taken although no line end had come yet. */
  readonly isOpen: boolean
}

/** True when lines were appended since the file was opened. */
export function hasGrown(source: Source): boolean {
  return source.state().size > source.size
}

/**
 * Throws unless everything that was read of a file is one state of it. Lines
 * that were appended do no harm; a file that was emptied and filled again, as
 * by copytruncate, may be as long as before, so its bytes are looked at.
 */
export function checkState({ source, ...reading }: Reading): void {
  const { isWritten, size } = source.state()
  if (!isWritten) return
  if (size < source.size || checksum(source) !== reading.checksum) {
    throw new CommandError(
      `${source.name}: it was written anew while it was read`,
    )
  }
  if (reading.isOpen && size > source.size) throw unfinished(source, 'last')
}

/**
 * Throws when a file has another name by now: with a rotation between two
 * openings, a file of a trail would be read twice or not at all.
 */
export function checkName(source: Source): void {
  if (!source.state().isMoved) return
  throw new CommandError(
    `${source.name}: it was moved while the files were opened: try again`,
  )
}

/** Somebody was in the middle of writing a row. */
export function unfinished(source: Source, row: string): CommandError {
  return new CommandError(
    `${source.name}: its ${row} row was being written: try again`,
  )
}

function checksum(source: Source): number {
  const { size } = source
  const chunk = Buffer.allocUnsafe(CHUNK)
  let value = 0
  for (let at = 0; at < size; ) {
    const length = Math.min(CHUNK, size - at)
    const count = source.read(chunk, 0, length, at)
    if (count === 0) return -1
    value = crc32(chunk.subarray(0, count), value)
    at += count
  }
  return value
}
