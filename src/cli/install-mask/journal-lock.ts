import {
  closeSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { isSystemError } from '../problem.ts'
import { removeFile } from './files.ts'
import { type Journal, journalFile, readJournal } from './journal.ts'
import type { Surroundings } from './place.ts'

/** A process that died left it: the work takes much less. */
const STALE_MS = 10_000
const POLL_MS = 20

/**
 * Gives the journal to a task while no other process changes it: what one
 * wrote would be forgotten by the other. Its folder is made before, and is
 * gone afterwards when nothing is left in it.
 */
export function withJournal(
  where: Surroundings,
  task: (journal: Journal) => void,
): void {
  const folder = dirname(journalFile(where))
  const lock = join(folder, 'places.lock')
  let made: string | undefined
  do made = mkdirSync(folder, { recursive: true }) ?? made
  while (!acquire(lock))
  const journal = readJournal(where)
  const madeFolder = made ?? journal.madeFolder
  try {
    task({ ...journal, madeFolder })
  } finally {
    removeFile(lock, madeFolder)
  }
}

function acquire(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx'))
    return true
  } catch (error) {
    if (!isSystemError(error)) throw error
    if (error.code === 'ENOENT') return false // another removed the folder
    if (error.code !== 'EEXIST') throw error
  }
  const stats = statSync(lock, { throwIfNoEntry: false })
  // a clock may have been put back
  const isStale = stats && Math.abs(Date.now() - stats.mtimeMs) > STALE_MS
  if (isStale) takeAway(lock, stats.ino)
  else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MS)
  return false
}

/** By renaming first: a newer lock that was caught instead is put back. */
function takeAway(lock: string, ino: number): void {
  const aside = `${lock}.${process.pid}`
  try {
    renameSync(lock, aside)
    if (statSync(aside).ino === ino) rmSync(aside)
    else renameSync(aside, lock)
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'ENOENT') throw error
  }
}
