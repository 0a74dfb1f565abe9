import { readdirSync, statSync, unlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { hasCode } from './error-code.ts'

/** `20261125T010203.456Z-4711`, and a thread's number where there are some. */
const SUFFIX = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d\.\d{3})Z-\d+(?:\.\d+)?$/

/** A file that was rotated away. */
export interface RotatedFile {
  /** Its path without `.gz`. */
  readonly path: string
  /** When it was rotated, milliseconds since 1970. */
  readonly at: number
  /** There is a complete compressed form. */
  readonly isCompressed: boolean
}

/** How many and which rotated files are kept. */
export interface Retention {
  /** The newest so many; 0 keeps all. */
  readonly backupCount: number
  /** Not older than so many seconds. */
  readonly maxAge: number | undefined
}

/**
 * Where a file goes when it is rotated: a name of its own that never changes
 * again, so that no other process can be in the middle of a renaming.
 */
export function rotatedPath(filename: string, now: number): string {
  const time = new Date(now).toISOString().replace(/[-:]/g, '')
  const writer = threadId === 0 ? process.pid : `${process.pid}.${threadId}`
  const path = `${filename}.${time}-${writer}`
  const isTaken = isThere(path) || isThere(`${path}.gz`)
  return isTaken ? rotatedPath(filename, now + 1) : path
}

/** The rotated files of an audit file, newest first. */
export function listRotated(filename: string): RotatedFile[] {
  const prefix = `${basename(filename)}.`
  const found = new Map<string, RotatedFile>()
  for (const name of readdirSync(dirname(filename))) {
    if (!name.startsWith(prefix)) continue
    const isCompressed = name.endsWith('.gz')
    const suffix = name.slice(prefix.length, isCompressed ? -3 : undefined)
    const at = timeOf(suffix)
    if (at === undefined) continue
    const path = join(dirname(filename), prefix + suffix)
    const isWhole = !isCompressed || !isThere(path)
    found.set(path, { path, at, isCompressed: isCompressed && isWhole })
  }
  return [...found.values()].sort((a, b) => b.at - a.at)
}

/**
 * Since when it has its name, milliseconds since 1970. A name from the future,
 * of a clock that was ahead, says nothing; nor do those after it, which had to
 * come later.
 */
export function rotatedSince(
  { path, at, isCompressed }: RotatedFile,
  now: number,
): number {
  if (at <= now) return at
  const file = statSync(isCompressed ? `${path}.gz` : path, {
    throwIfNoEntry: false,
  })
  return file === undefined ? at : Math.min(at, file.ctimeMs)
}

/** Removes the rotated files that need not be kept. */
export function removeOld(
  filename: string,
  { backupCount, maxAge }: Retention,
  now: number,
): void {
  if (backupCount === 0 && maxAge === undefined) return
  const oldest =
    maxAge === undefined ? Number.NEGATIVE_INFINITY : now - maxAge * 1000
  listRotated(filename).forEach((file, i) => {
    const isTooMany = backupCount > 0 && i >= backupCount
    if (!isTooMany && rotatedSince(file, now) >= oldest) return
    for (const end of ['', '.gz', '.gz.tmp']) drop(file.path + end)
  })
}

function drop(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
  }
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}

function timeOf(suffix: string): number | undefined {
  const [, year, month, day, hour, minute, second] = SUFFIX.exec(suffix) ?? []
  if (year === undefined) return undefined
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}
