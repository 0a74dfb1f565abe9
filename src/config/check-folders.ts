import { accessSync, constants, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { CheckedConfig } from './build-settings.ts'
import { findNode } from './config-url.ts'
import type { ConfigNode } from './node.ts'
import { type ConfigProblem, problemAt } from './problem.ts'

/** Warns of files in folders that are not there and cannot be made. */
export function checkFolders(
  { handlers, transports }: CheckedConfig,
  root: ConfigNode,
): ConfigProblem[] {
  return Object.entries({ handlers, transports }).flatMap(([section, parts]) =>
    Object.entries(parts ?? {}).flatMap(([name, { class: type, filename }]) => {
      if (type !== 'file' || typeof filename !== 'string') return []
      const reason = whyNotWritable(dirname(resolve(filename)))
      if (reason === undefined) return []
      const path = [section, name, 'filename']
      const { node } = findNode(root, path)
      const hint = 'the folder is made when the user of the application may'
      const problem = problemAt(node?.place, path, reason, { hint })
      return [{ ...problem, isWarning: true }]
    }),
  )
}

const ANY_WRITE = 0o222

/** By the nearest folder that is there. */
function whyNotWritable(folder: string): string | undefined {
  const stats = statSync(folder, { throwIfNoEntry: false })
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
