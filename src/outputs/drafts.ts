import { randomBytes } from 'node:crypto'
import { readdirSync, statSync, unlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { hasCode } from './error-code.ts'
import { isAlive } from './file-lock.ts'

/** Nobody works so long at one without touching it. */
const ABANDONED_MS = 600_000
/** A new file's is there for a moment; in other containers live other processes. */
const DEAD_MS = 10_000
const NEW_FILE = /^\.(\d+)-[0-9a-f]+\.tmp$/
const OTHERS = /^\.\d{8}T\d{6}\.\d{3}Z-[\d.]+\.gz\.tmp$|^\.lock\.\d+\.\d+$/

/** Where a new file is made ready before it gets its name. */
export function draftPath(filename: string): string {
  return `${filename}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`
}

/** Removes what processes left beside the file that ended in the middle. */
export function removeStaleDrafts(filename: string, now: number): void {
  const prefix = basename(filename)
  for (const name of namesIn(dirname(filename))) {
    if (!name.startsWith(prefix)) continue
    const path = join(dirname(filename), name)
    if (isStale(path, name.slice(prefix.length), now)) remove(path)
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // opening the file will say what is wrong
  }
}

function isStale(path: string, suffix: string, now: number): boolean {
  const [, pid] = NEW_FILE.exec(suffix) ?? []
  if (pid === undefined && !OTHERS.test(suffix)) return false
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return false
  const age = now - stats.mtimeMs
  if (age > ABANDONED_MS) return true
  return pid !== undefined && age > DEAD_MS && !isAlive(Number(pid))
}

function remove(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error // somebody else did
  }
}
