import { accessSync, constants, type Stats, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { CheckedConfig } from './build-settings.ts'
import { findNode } from './config-url.ts'
import type { ConfigNode } from './node.ts'
import { type ConfigProblem, problemAt } from './problem.ts'

/** Warns of files and spools in folders that are not there and cannot be made. */
export function checkFolders(
  { handlers, transports }: CheckedConfig,
  root: ConfigNode,
): ConfigProblem[] {
  return Object.entries({ handlers, transports }).flatMap(([section, parts]) =>
    Object.entries(parts ?? {}).flatMap(([name, handler]) => {
      const { keys, folder } = folderOf(handler) ?? {}
      const reason = folder === undefined ? folder : whyNotWritable(folder)
      if (keys === undefined || reason === undefined) return []
      const path = [section, name, ...keys]
      const { node } = findNode(root, path)
      const hint = 'the folder is made when the user of the application may'
      const problem = problemAt(node?.place, path, reason, { hint })
      return [{ ...problem, isWarning: true }]
    }),
  )
}

/** Where a handler puts its files, and the keys that say so. */
function folderOf(
  handler: Readonly<Record<string, unknown>>,
): { keys: string[]; folder: string } | undefined {
  if (handler.class === 'file' && typeof handler.filename === 'string') {
    const folder = dirname(resolve(handler.filename))
    return { keys: ['filename'], folder }
  }
  const spool: unknown = Object(handler.spool).directory
  if (typeof spool !== 'string') return undefined
  return { keys: ['spool', 'directory'], folder: resolve(spool) }
}

const ANY_WRITE = 0o222

/** By the nearest folder that is there. */
function whyNotWritable(folder: string): string | undefined {
  const stats = entry(folder)
  const above = dirname(folder)
  if (stats === undefined && above !== folder) return whyNotWritable(above)
  if (stats === undefined || !stats.isDirectory())
    return `${folder} is not a folder`
  // root may write everywhere, but not where nobody can: /proc
  if ((stats.mode & ANY_WRITE) === 0) return `Nothing can be made in ${folder}`
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
