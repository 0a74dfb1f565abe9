import { chmodSync, lstatSync, mkdirSync, type Stats, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { MongowatchError } from '../errors.ts'

const DIRECTORY_MODE = 0o750
const OTHERS_WRITE = 0o002
const STICKY = 0o1000

/**
 * Throws when a file must not be written at this path: it is a symbolic link
 * or a directory, or its directory can be written by others without the
 * sticky bit. Nothing is created.
 */
export function checkFilePath(filename: string): void {
  const file = entry(filename)
  if (file?.isSymbolicLink()) {
    throw refused(filename, 'is a symbolic link: name the file itself')
  }
  if (file?.isDirectory()) throw refused(filename, 'is a directory')
  const directory = dirname(filename)
  // reached by a symbolic link perhaps, whose own mode says nothing
  const parent = entry(directory, statSync)
  if (parent !== undefined && isOpenToOthers(parent)) {
    throw refused(
      directory,
      'can be written by everybody: others could replace the audit file. Remove that right, or set the sticky bit',
    )
  }
}

/**
 * Makes the directory of a file and those above it, mode 0750. One by one:
 * the recursive form of mkdir never returns below /proc on Node 20.
 */
export function makeDirectory(filename: string): void {
  const missing: string[] = []
  let directory = dirname(filename)
  while (entry(directory) === undefined && directory !== dirname(directory)) {
    missing.unshift(directory)
    directory = dirname(directory)
  }
  for (const path of missing) make(path)
}

function make(path: string): void {
  try {
    mkdirSync(path, DIRECTORY_MODE)
    chmodSync(path, DIRECTORY_MODE) // whatever the umask
  } catch (error) {
    if (entry(path) === undefined) throw error // else somebody was quicker
  }
}

function isOpenToOthers({ mode }: Stats): boolean {
  return (mode & OTHERS_WRITE) !== 0 && (mode & STICKY) === 0
}

function entry(path: string, look = lstatSync): Stats | undefined {
  try {
    return look(path, { throwIfNoEntry: false })
  } catch {
    return undefined // ENOTDIR, EACCES: opening will say it in its own words
  }
}

function refused(path: string, why: string): MongowatchError {
  return new MongowatchError('MONGOWATCH_FILE', `${path} ${why}`)
}
