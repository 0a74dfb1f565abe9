import { statSync } from 'node:fs'
import { dirname, isAbsolute, resolve } from 'node:path'

const OTHERS_WRITE = 0o002
const STICKY = 0o1000

/**
 * Why code that a configuration file names must not run: somebody else could
 * have written the file, the code, or a folder above them. Undefined when all
 * is well.
 */
export function whyUntrusted(
  configFile: string | undefined,
  module: string,
): string | undefined {
  const paths = [configFile, isAbsolute(module) ? module : undefined]
  for (const path of paths) {
    const open = path === undefined ? undefined : openToOthers(path)
    if (open !== undefined) return `${open} is writable by others`
  }
  return undefined
}

function openToOthers(path: string): string | undefined {
  if (process.platform === 'win32') return undefined // modes say nothing there
  if ((modeOf(path) & OTHERS_WRITE) !== 0) return path
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const mode = modeOf(folder)
    if ((mode & OTHERS_WRITE) !== 0 && (mode & STICKY) === 0) return folder
    if (folder === dirname(folder)) return undefined
  }
}

function modeOf(path: string): number {
  try {
    return statSync(path).mode
  } catch {
    return 0 // not there: loading it will say so
  }
}
