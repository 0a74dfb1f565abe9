import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs'
import { makeDirectory } from './file-path.ts'

const APPEND = constants.O_APPEND | (constants.O_NOFOLLOW ?? 0)
const REGULAR = APPEND | constants.O_RDWR // the last byte is read
const CREATE = REGULAR | constants.O_CREAT | constants.O_EXCL
// not a regular file: a FIFO that nobody reads must not stop us
const SPECIAL = APPEND | constants.O_WRONLY | (constants.O_NONBLOCK ?? 0)
const NEWLINE = 10

/** How the file is opened. */
export interface AuditFileOptions {
  readonly filename: string
  /** Permissions of a new file, whatever the umask. @default 0o640 */
  readonly mode: number
  /** Wait until the disk has it, at each batch. @default false */
  readonly fsync: boolean
}

/** How much of a chunk was written, and what stopped it. */
export interface Appended {
  readonly bytes: number
  readonly error?: Error
}

/**
 * One append-only descriptor that several processes and threads may hold on
 * the same path. Writes whole lines; what a full disk or a killed writer left
 * half-written is closed with a line end before anything else is added.
 */
export class AuditFile {
  readonly #options: AuditFileOptions
  #fd = -1
  #opened: Stats | undefined
  /** Size of the file after a write of ours that stopped within a line. */
  #brokenAt = -1

  constructor(options: AuditFileOptions) {
    this.#options = options
  }

  /**
   * Appends whole lines. `resume` says how many bytes of the chunk an earlier
   * attempt has written: they are not repeated if nobody wrote since.
   */
  append(chunk: Buffer, resume: number): Appended {
    let done = 0
    try {
      const file = this.#ready()
      done = this.#closeTail(file, resume)
      while (done < chunk.length) done += writeSync(this.#fd, chunk, done)
      if (this.#options.fsync) fsyncSync(this.#fd)
      this.#brokenAt = -1
      return { bytes: done }
    } catch (error) {
      if (done > 0 && done < chunk.length) this.#rememberEnd()
      return { bytes: done, error: toError(error) }
    }
  }

  close(): void {
    if (this.#fd === -1) return
    const fd = this.#fd
    this.#fd = -1
    this.#opened = undefined
    closeSync(fd)
  }

  /** Opens the path, again if it is no longer the file we hold. */
  #ready(): Stats {
    const { filename } = this.#options
    if (this.#opened !== undefined) {
      const now = statSync(filename, { throwIfNoEntry: false })
      if (now?.ino === this.#opened.ino && now.dev === this.#opened.dev) {
        return now
      }
      this.close()
    }
    this.#fd = this.#open()
    this.#opened = fstatSync(this.#fd)
    return this.#opened
  }

  #open(): number {
    const { filename, mode } = this.#options
    const now = statSync(filename, { throwIfNoEntry: false })
    if (now !== undefined) {
      return openSync(filename, now.isFile() ? REGULAR : SPECIAL)
    }
    makeDirectory(filename)
    try {
      const fd = openSync(filename, CREATE, mode)
      fchmodSync(fd, mode)
      return fd
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error
    }
    return openSync(filename, REGULAR) // somebody else was quicker
  }

  /** Where in the chunk to go on, after the last line is a whole line. */
  #closeTail(file: Stats, resume: number): number {
    if (!file.isFile()) return resume
    if (resume > 0 && file.size === this.#brokenAt) return resume
    if (file.size > 0 && this.#lastByte(file.size) !== NEWLINE) {
      writeSync(this.#fd, '\n')
    }
    return 0
  }

  #lastByte(size: number): number | undefined {
    const byte = Buffer.allocUnsafe(1)
    return readSync(this.#fd, byte, 0, 1, size - 1) === 1 ? byte[0] : NEWLINE
  }

  #rememberEnd(): void {
    this.#brokenAt = fstatSync(this.#fd).size
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
