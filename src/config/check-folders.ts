import { accessSync, constants, type Stats, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { checkFilePath } from '../outputs/file-path.ts'
import type { CheckedConfig } from './build-settings.ts'
import { findNode } from './config-url.ts'
import { isKernelFolder } from './kernel-folder.ts'
import type { ConfigNode } from './node.ts'
import { type ConfigProblem, problemAt } from './problem.ts'

/**
 * Paths at which no audit file may be; and warns of files and spools in folders
 * that are not there and cannot be made.
 */
export function checkFolders(
  { handlers, transports }: CheckedConfig,
  root: ConfigNode,
): ConfigProblem[] {
  return Object.entries({ handlers, transports }).flatMap(([section, parts]) =>
    Object.entries(parts ?? {}).flatMap(([name, handler]) => {
      const { keys, folder, file } = placeOf(handler) ?? {}
      if (keys === undefined || folder === undefined) return []
      const path = [section, name, ...keys]
      const { place } = findNode(root, path).node ?? {}
      const refused = file && whyRefused(file)
      if (refused) return [problemAt(place, path, refused)]
      const reason = whyNotWritable(folder)
      if (reason === undefined) return []
      const hint = 'the folder is made when the user of the application may'
      const problem = problemAt(place, path, reason, { hint })
      return [{ ...problem, isWarning: true }]
    }),
  )
}

/** Why no audit file may be at this path, as an application would say it. */
function whyRefused(file: string): string | undefined {
  try {
    checkFilePath(file)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Where a handler puts its files, and the keys that say so. */
function placeOf(
  handler: Readonly<Record<string, unknown>>,
): { keys: string[]; folder: string; file?: string } | undefined {
  if (handler.class === 'file' && typeof handler.filename === 'string') {
    const file = resolve(handler.filename)
    return { keys: ['filename'], folder: dirname(file), file }
  }
  const spool: unknown = Object(handler.spool).directory
  if (typeof spool !== 'string') return undefined
  return { keys: ['spool', 'directory'], folder: resolve(spool) }
}

/** By the nearest folder that is there. */
function whyNotWritable(folder: string): string | undefined {
  const stats = entry(folder)
  const above = dirname(folder)
  if (stats === undefined && above !== folder) return whyNotWritable(above)
  if (stats === undefined || !stats.isDirectory())
    return `${folder} is not a folder`
  if (isKernelFolder(folder)) return `Nothing can be made in ${folder}`
  try {
    accessSync(folder, constants.W_OK)
    return undefined
  } catch {
    return `This user may not write to ${folder}`
  }
}

function entry(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined // the nearest one above tells why
  }
}
