import {
  closeSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { CommandError, named } from '../problem.ts'
import { writeAll } from '../write-all.ts'
import { OpenFile } from './open-files.ts'

/** How a file is compared with what it was when it was opened. */
export interface SourceState {
  readonly size: number
  /** It was written to. */
  readonly isWritten: boolean
  /** Its name is that of another file, or of none. */
  readonly isMoved: boolean
}

/** An input that can be read again at any place. */
export interface Source {
  /** For messages. */
  readonly name: string
  /** That of when it was opened. */
  readonly size: number
  /** What became of it; a copy is nobody else's. */
  readonly state: () => SourceState
  /** Reads up to `length` bytes of a place; 0 at the end. */
  readonly read: (
    bytes: Uint8Array,
    at: number,
    length: number,
    offset: number,
  ) => number
  readonly close: () => void
}

/** Opens a file; what cannot be read twice (a pipe) is copied first. */
export function openFile(path: string): Source {
  const descriptor = openSync(path, 'r')
  const stat = fstatSync(descriptor)
  if (stat.isDirectory()) throw new CommandError(`${path}: it is a directory`)
  if (stat.isFile()) return new OpenFile(path, descriptor, stat)
  const copy = temporaryFile()
  const chunk = Buffer.allocUnsafe(1 << 20)
  let size = 0
  for (;;) {
    const count = readSync(descriptor, chunk)
    if (count === 0) break
    size += count
    writeTemporary(copy, chunk.subarray(0, count))
  }
  closeSync(descriptor)
  return copySource(path, copy, size)
}

/** Copies standard input to a temporary file. */
export async function openStream(
  stream: Readable,
  name: string,
): Promise<Source> {
  const copy = temporaryFile()
  let size = 0
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk)
      size += bytes.length
      writeTemporary(copy, bytes)
    }
  } catch (error) {
    throw named(error, name)
  }
  return copySource(name, copy, size)
}

function copySource(name: string, descriptor: number, size: number): Source {
  return {
    name,
    size,
    state: () => ({ size, isWritten: false, isMoved: false }),
    read: (bytes, at, length, offset) =>
      readSync(descriptor, bytes, at, length, offset),
    close: () => closeSync(descriptor),
  }
}

/** A file without a name in TMPDIR: it is gone whenever the process ends. */
export function temporaryFile(): number {
  const folder = mkdtempSync(join(tmpdir(), 'mongowatch-csv-'))
  const descriptor = openSync(join(folder, 'data'), 'wx+', 0o600)
  rmSync(folder, { recursive: true })
  return descriptor
}

/** Writes to one; when the disk is full, the user is told which. */
export function writeTemporary(
  descriptor: number,
  bytes: Uint8Array,
  position: number | null = null,
): void {
  try {
    writeAll(descriptor, bytes, position)
  } catch (error) {
    throw named(error, `${tmpdir()} (TMPDIR)`)
  }
}
