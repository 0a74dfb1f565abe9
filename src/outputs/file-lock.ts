import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { threadId } from 'node:worker_threads'
import { hasCode } from './error-code.ts'
import { processSpace } from './process-space.ts'

const STALE_MS = 10_000
const MODE = 0o640

/** Lets go of a lock. */
export type Unlock = () => void

/**
 * Takes a lock that processes and threads of one machine or volume share, or
 * returns `undefined` at once: nobody waits. A lock whose holder is dead, or
 * that is older than ten seconds, is taken over.
 */
export function tryLock(path: string): Unlock | undefined {
  const unlock = create(path)
  if (unlock !== undefined) return unlock
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return create(path)
  if (!isStale(path, found)) return undefined
  remove(path, found)
  return create(path)
}

/** The same; where no lock can be made, nobody is kept from going on. */
export function tryLockIfAny(path: string): Unlock | undefined {
  try {
    return tryLock(path)
  } catch {
    return () => {} // such as a folder in which only the file may be written
  }
}

function create(path: string): Unlock | undefined {
  try {
    const fd = openSync(path, 'wx', MODE)
    try {
      sign(fd)
      const own = fstatSync(fd)
      return () => remove(path, own)
    } finally {
      closeSync(fd)
    }
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return undefined
    throw error
  }
}

/** Without a name, on a full disk, the lock is stale by its age alone. */
function sign(fd: number): void {
  try {
    writeSync(fd, `${process.pid} ${processSpace()}`)
  } catch {
    // a rotation may be what makes room
  }
}

function isStale(path: string, { mtimeMs }: Stats): boolean {
  if (Date.now() - mtimeMs > STALE_MS) return true
  const [pid, ...space] = read(path).split(' ')
  return space.join(' ') === processSpace() && !isAlive(Number(pid))
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // gone meanwhile: not stale
  }
}

/** Whether there is a process of this number here. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !hasCode(error, 'ESRCH')
  }
}

/**
 * Removes this very lock. By renaming first: of several that want to remove
 * it one succeeds, and a newer lock that was caught is put back.
 */
function remove(path: string, lock: Stats): void {
  const aside = `${path}.${process.pid}.${threadId}`
  try {
    renameSync(path, aside)
    if (statSync(aside).ino === lock.ino) unlinkSync(aside)
    else renameSync(aside, path)
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
  }
}
