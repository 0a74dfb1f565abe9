import { realpathSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, isAbsolute, join, resolve } from 'node:path'

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
  const code = isAbsolute(module) ? [module] : filesOfPackage(module)
  for (const path of [configFile, ...code]) {
    const open = path === undefined ? undefined : openToOthers(path)
    if (open !== undefined) return `${open} is writable by others`
  }
  return undefined
}

/** The folder of a package, its package.json and the file that is run. */
function filesOfPackage(module: string): string[] {
  for (const place of [process.argv[1], join(process.cwd(), 'a'), __filename]) {
    if (place === undefined) continue
    const from = createRequire(resolve(place))
    const folder = (from.resolve.paths(module) ?? [])
      .map(modules => join(modules, packageOf(module)))
      .find(isThere)
    if (folder === undefined) continue
    const entry = entryOf(from, module)
    const files = [folder, join(folder, 'package.json'), entry]
    return [folder, ...files.filter(isThere).map(file => realpathSync(file))]
  }
  return [] // not there: loading it will say so
}

/** `@scope/name/inner` is in `@scope/name`. */
function packageOf(module: string): string {
  return module
    .split('/')
    .slice(0, module.startsWith('@') ? 2 : 1)
    .join('/')
}

function entryOf(from: NodeJS.Require, module: string): string {
  try {
    return from.resolve(module)
  } catch {
    return '' // only for ES modules
  }
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
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
