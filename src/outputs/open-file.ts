import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  openSync,
  type Stats,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { draftPath } from './drafts.ts'
import { hasCode } from './error-code.ts'
import { tryLockIfAny } from './file-lock.ts'
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
  /** Wait until the disk has its name, and later each batch. @default false */
  readonly fsync?: boolean
  /**
   * The first line, without a line end. Some have to see the file before,
   * which is still open if it is known.
   */
  readonly header?: string | ((previous: number | undefined) => string)
}

type HeaderText = () => string

/** What file systems say that have no links, or no room for the name. */
const NO_DRAFTS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'ENAMETOOLONG']

/** An open file, as it was then. */
export interface OpenFile {
  readonly fd: number
  readonly stats: Stats
}

/** Opens the file for appending, or makes it; never follows a link. */
export function openForAppend(file: NewFile, previous?: number): OpenFile {
  const text = headerText(file, previous)
  const fd = openOrCreate(file, text)
  try {
    if (text !== undefined) writeHeader(fd, file.filename, text)
    if (file.fsync) syncFolder(dirname(file.filename))
    return { fd, stats: fstatSync(fd) }
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

function headerText(
  { header }: NewFile,
  previous: number | undefined,
): HeaderText | undefined {
  if (header === undefined) return undefined
  return () => (typeof header === 'string' ? header : header(previous))
}

function openOrCreate(file: NewFile, header?: HeaderText): number {
  for (let attempt = 1; ; attempt++) {
    try {
      const isThere = statSync(file.filename, { throwIfNoEntry: false })
      return isThere === undefined ? create(file, header) : open(file, isThere)
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

function create(file: NewFile, header: HeaderText | undefined): number {
  makeDirectory(file.filename)
  if (header === undefined) return createAt(file.filename, file)
  try {
    return createWhole(file, header)
  } catch (error) {
    if (!hasCode(error, ...NO_DRAFTS)) throw error
    return createAt(file.filename, file) // its header is written next
  }
}

/** Who finds the file finds it with its header, whoever is killed meanwhile. */
function createWhole(file: NewFile, header: HeaderText): number {
  const draft = draftPath(file.filename)
  const fd = createAt(draft, file)
  try {
    writeWhole(fd, `${header()}\n`)
    linkSync(draft, file.filename)
    return fd
  } catch (error) {
    closeSync(fd)
    throw error
  } finally {
    unlinkSync(draft)
  }
}

function createAt(path: string, { mode }: NewFile): number {
  const fd = openSync(path, CREATE, mode)
  fchmodSync(fd, mode)
  return fd
}

/**
 * Only who has the lock may write to an empty file, and writes the header.
 * The others wait for the moment that takes; should the holder be stopped in
 * that moment, a second header is better than lost records.
 */
function writeHeader(fd: number, filename: string, header: HeaderText): void {
  for (let waited = 0; isEmpty(fd); waited++) {
    const isLate = waited > LONGEST_WAIT_MS
    const unlock = isLate ? () => {} : tryLockIfAny(`${filename}.lock`)
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

function syncFolder(path: string): void {
  const fd = tryOpenFolder(path)
  if (fd === undefined) return
  try {
    fsyncSync(fd)
  } catch (error) {
    if (!hasCode(error, 'EINVAL', 'EPERM', 'ENOTSUP')) throw error
  } finally {
    closeSync(fd)
  }
}

/** Some folders can be written and not read. */
function tryOpenFolder(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY)
  } catch {
    return undefined
  }
}
