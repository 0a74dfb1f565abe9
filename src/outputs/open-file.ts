import {
  constants,
  fchmodSync,
  fstatSync,
  ftruncateSync,
  openSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs'
import { hasCode } from './error-code.ts'
import { tryLock } from './file-lock.ts'
import { makeDirectory } from './file-path.ts'
import { sleep } from './sleep.ts'

const APPEND = constants.O_APPEND | (constants.O_NOFOLLOW ?? 0)
const REGULAR = APPEND | constants.O_RDWR // the last byte is read
const CREATE = REGULAR | constants.O_CREAT | constants.O_EXCL
// not a regular file: a FIFO that nobody reads must not stop us
const SPECIAL = APPEND | constants.O_WRONLY | (constants.O_NONBLOCK ?? 0)
const LONGEST_WAIT_MS = 1_000
const MAX_ATTEMPTS = 10

/** What a new file is like. */
export interface NewFile {
  readonly filename: string
  /** Permissions, whatever the umask. @default 0o640 */
  readonly mode: number
  /**
   * The first line, without a line end. Some have to see the file before,
   * which is still open if it is known.
   */
  readonly header?: string | ((previous: number | undefined) => string)
}

/** An open file, as it was then. */
export interface OpenFile {
  readonly fd: number
  readonly stats: Stats
}

/** Opens the file for appending, or makes it; never follows a link. */
export function openForAppend(file: NewFile, previous?: number): OpenFile {
  const fd = openOrCreate(file)
  const { header } = file
  if (header !== undefined) {
    const text = () => (typeof header === 'string' ? header : header(previous))
    writeHeader(fd, file.filename, text)
  }
  return { fd, stats: fstatSync(fd) }
}

function openOrCreate(file: NewFile): number {
  for (let attempt = 1; ; attempt++) {
    try {
      const isThere = statSync(file.filename, { throwIfNoEntry: false })
      return isThere === undefined ? create(file) : open(file, isThere)
    } catch (error) {
      // somebody else made or moved the file in between
      const isRace = hasCode(error, 'EEXIST', 'ENOENT')
      if (!isRace || attempt === MAX_ATTEMPTS) throw error
    }
  }
}

function open({ filename }: NewFile, stats: Stats): number {
  return openSync(filename, stats.isFile() ? REGULAR : SPECIAL)
}

function create({ filename, mode }: NewFile): number {
  makeDirectory(filename)
  const fd = openSync(filename, CREATE, mode)
  fchmodSync(fd, mode)
  return fd
}

/**
 * Only who has the lock may write to an empty file, and writes the header.
 * The others wait for the moment that takes; should the holder be stopped in
 * that moment, a second header is better than lost records.
 */
function writeHeader(fd: number, filename: string, header: () => string): void {
  for (let waited = 0; isEmpty(fd); waited++) {
    const isLate = waited > LONGEST_WAIT_MS
    const unlock = isLate ? () => {} : tryLock(`${filename}.lock`)
    if (unlock === undefined) sleep(1)
    else {
      try {
        if (isEmpty(fd)) writeWhole(fd, `${header()}\n`)
      } finally {
        unlock()
      }
      return
    }
  }
}

/** Half a header would be in the way of the whole one. */
function writeWhole(fd: number, text: string): void {
  const bytes = Buffer.from(text)
  if (writeSync(fd, bytes) === bytes.length) return
  ftruncateSync(fd)
  throw new Error('No space for the first line')
}

function isEmpty(fd: number): boolean {
  const stats = fstatSync(fd)
  return stats.isFile() && stats.size === 0
}
