import { readdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { isBeside } from '../../integrity/beside.ts'
import { isSystemError } from '../problem.ts'
import { isRotated } from './names.ts'
import { orderFiles, type Trail } from './order-files.ts'
import { openTrailFile, type TrailFile } from './trail-file.ts'

/** A trail, and files of it that were found beside those given. */
export interface OpenedTrail extends Trail {
  readonly added: readonly TrailFile[]
  /** Rotated files that were given and are not there any more. */
  readonly gone: readonly string[]
}

/**
 * Opens files; each once, whatever paths name it. One that is missing between
 * two of them is looked for beside them: it may have been rotated away since
 * the files were listed.
 */
export async function openTrail(
  paths: readonly string[],
): Promise<OpenedTrail> {
  const files: TrailFile[] = []
  const gone: string[] = []
  for (const path of withoutDoubles(paths)) {
    try {
      add(files, await openTrailFile(path))
    } catch (error) {
      // what it leaves is a gap, unless retention has removed the oldest
      if (!isMissing(error) || !isRotated(path)) throw error
      gone.push(path)
    }
  }
  const given = files.length
  let trail = orderFiles(files)
  while (trail.orphans.length > 0 && (await addMissing(files, trail))) {
    for (const file of files) file.ends.length = 0
    trail = orderFiles(files)
  }
  return { ...trail, added: files.slice(given), gone }
}

/** Whether the system says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return isSystemError(error) && error.code === 'ENOENT'
}

/** Whether something was left that no trail consists of. */
export function isAside(path: string): boolean {
  return isBeside(basename(path))
}

/** A compressed file is that of the plain one, which is removed next. */
function withoutDoubles(paths: readonly string[]): string[] {
  const all = new Set(paths.map(path => resolve(path)))
  const isDouble = (path: string) =>
    path.endsWith('.gz') && all.has(resolve(path.slice(0, -'.gz'.length)))
  return [...new Set(paths)].filter(path => !isAside(path) && !isDouble(path))
}

function add(files: TrailFile[], file: TrailFile): void {
  const { identity } = file
  const isNew =
    identity === undefined || files.every(each => each.identity !== identity)
  if (isNew) files.push(file)
}

async function addMissing(files: TrailFile[], trail: Trail): Promise<boolean> {
  const before = files.length
  for (const { path, header } of trail.orphans) {
    const { previous, log } = header?.Options ?? {}
    if (!previous || log === undefined || path === '-') continue
    const found = await findBeside(path, log, previous.file)
    if (found !== undefined) add(files, found)
  }
  return files.length > before
}

async function findBeside(
  path: string,
  log: string,
  id: string,
): Promise<TrailFile | undefined> {
  const folder = dirname(path)
  const entries = await readdir(folder, { withFileTypes: true })
  const paths = entries
    .filter(entry => entry.isFile() && entry.name.startsWith(log))
    .map(({ name }) => join(folder, name))
  for (const name of withoutDoubles(paths)) {
    const file = await openTrailFile(name).catch(error => {
      if (isSystemError(error)) return undefined // not ours to complain of
      throw error
    })
    if (file?.header?.Options.file === id) return file
  }
  return undefined
}
