import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  fchmodSync,
  fchownSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { isKernelFolder } from '../../config/kernel-folder.ts'
import { isSystemError, named } from '../problem.ts'
import { replaceFile } from '../replace-file.ts'
import { writeAll } from '../write-all.ts'

/** A file's text, one character per byte; undefined if there is none. */
export function readBytes(file: string): string | undefined {
  refuseOthers(file)
  try {
    return readFileSync(file, 'latin1')
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined
    throw named(error, file)
  }
}

/** A pipe would be waited for; nor may it be replaced by a file. */
function refuseOthers(file: string): void {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (stats === undefined || stats.isFile() || stats.isDirectory()) return
  const about = { code: 'EFTYPE', syscall: 'open', path: file }
  throw Object.assign(new Error('EFTYPE'), about)
}

/** A link to what is not there: a file in its place would be its end. */
export function isLooseLink(file: string): boolean {
  const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()
  return isLink === true && !existsSync(file)
}

/**
 * Replaces or makes a file; `everybody` makes a new one readable for all
 * whatever the umask. Answers the outermost folder that had to be made.
 */
export function writeBytes(
  file: string,
  text: string,
  everybody: boolean,
): string | undefined {
  const folder = dirname(file)
  const made = mkdirSync(folder, { recursive: true })
  if (everybody && made !== undefined) openFolders(folder, made)
  const isNew = !existsSync(file)
  const replacement = replaceFile(file)
  try {
    if (everybody && isNew) fchmodSync(replacement.descriptor, 0o644)
    if (isNew) giveToOwner(folder, made, replacement.descriptor)
    writeAll(replacement.descriptor, Buffer.from(text, 'latin1'))
    replacement.commit()
  } finally {
    replacement.discard()
  }
  return made
}

/** What root makes in a user's folder belongs to that user. */
function giveToOwner(
  folder: string,
  made: string | undefined,
  descriptor: number,
): void {
  if (process.geteuid?.() !== 0) return
  const { uid, gid } = statSync(made === undefined ? folder : dirname(made))
  fchownSync(descriptor, uid, gid)
  const outermost = made?.length ?? Number.POSITIVE_INFINITY
  for (let at = folder; at.length >= outermost; at = dirname(at)) {
    lchownSync(at, uid, gid)
  }
}

/** Makes folders that were made readable for all. */
export function openFolders(folder: string, outermost: string): void {
  for (let at = folder; at.length >= outermost.length; at = dirname(at)) {
    chmodSync(at, 0o755)
  }
}

/** Removes a file and the folders made for it that are empty now. */
export function removeFile(file: string, madeFolder: string | undefined): void {
  rmSync(file, { force: true })
  if (madeFolder === undefined) return
  let folder = dirname(file)
  while (folder.length >= madeFolder.length && removeEmpty(folder)) {
    folder = dirname(folder)
  }
}

function removeEmpty(folder: string): boolean {
  try {
    rmdirSync(folder)
    return true
  } catch {
    return false // something else is in it by now
  }
}

/** May this process replace or make the file? */
export function isWritable(file: string): boolean {
  const real = existsSync(file) ? realpathSync(file) : file
  const folder = existingFolder(dirname(real))
  return (
    mayWrite(real, true) &&
    mayWrite(folder, false) &&
    !isKernelFolder(folder) &&
    mayKeepOwner(real)
  )
}

/** A replaced file keeps owner and group, which only root may give away. */
function mayKeepOwner(file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false })
  const user = process.geteuid?.()
  if (stats === undefined || user === undefined || user === 0) return true
  const groups = [process.getegid?.(), ...(process.getgroups?.() ?? [])]
  return stats.uid === user && groups.includes(stats.gid)
}

function existingFolder(folder: string): string {
  return existsSync(folder) ? folder : existingFolder(dirname(folder))
}

function mayWrite(path: string, orAbsent: boolean): boolean {
  if (orAbsent && !existsSync(path)) return true
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}
