import { join } from 'node:path'
import { setImmediate } from 'node:timers' // the global one may be a test's
import type { DriverFile } from './driver-file.ts'
import { watchMakers } from './encryption-package.ts'
import { guarded } from './guarded.ts'
import { watchImports } from './imports.ts'
import { loadedFiles } from './loaded.ts'
import { prepare, report } from './report.ts'
import { hookRequire } from './require-hook.ts'
import { TARGETS } from './targets.ts'
import { sayUnwatched } from './unwatched.ts'
import { visit } from './visit.ts'
import { whenLoaded } from './when-loaded.ts'

export { sayUnwatched, sayWithoutDriver } from './unwatched.ts'

/**
 * The file of each copy with which its loading began: all of it is loaded when
 * that is.
 */
const entries = new Map<string, NodeJS.Module>()

/**
 * A file of this copy of the driver begins to load. Those that began before
 * are visited, half-loaded as they may be, and once more when all are loaded.
 */
export function driverLoads(root: string): void {
  visitCopy(root)
  if (isLoading(root)) return
  const begun = loadedFiles().filter(file => file.root === root)
  // the newest: older ones may be an import's that was given up, or a mock
  const entry = begun.findLast(({ module }) => module.loaded === false)?.module
  if (entry === undefined) return
  prepare(root)
  entries.set(root, entry)
  whenLoaded(entry, () => guarded(() => visitCopy(root)))
  setImmediate(() => guarded(() => lookBack(root))).unref()
}

function isLoading(root: string): boolean {
  const entry = entries.get(root)
  if (entry === undefined || entry.loaded) return false
  return require.cache[entry.filename] === entry // it leaves if it fails to load
}

/** Visits the drivers that are loaded. */
export function visitLoaded(): void {
  for (const root of new Set(loadedFiles().map(file => file.root))) {
    visitCopy(root)
  }
}

/** Sees drivers where nobody says that their files begin to load. */
export function hookEveryRequire(): void {
  hookRequire((driver, exports) =>
    guarded(() => visit(driver, exports, onExport)),
  )
}

/** Sees drivers also where a loader takes them past everything else. */
export function hookImports(): void {
  watchImports(() => guarded(visitLoaded))
}

/**
 * A file of `mongodb-client-encryption` begins to load. Its classes belong to
 * the copy of the driver for which it makes them.
 */
export function encryptionLoads(folder: string): void {
  watchMakers(folder, (mongodb, name, made) =>
    guarded(() => {
      const driver = loadedFiles().find(
        ({ file, module }) =>
          file === 'lib/index' &&
          Object(module.exports).MongoClient === Object(mongodb).MongoClient,
      )
      if (driver !== undefined) report(driver, name, made)
    }),
  )
}

/** A driver is loaded in one go: now its classes are there, or unknown. */
function lookBack(root: string): void {
  entries.delete(root) // what has not run by now need never run
  visitCopy(root)
  sayUnwatched()
}

function visitCopy(root: string): void {
  for (const [path, file] of pathsOf(root)) {
    const module = require.cache[path]
    if (module) visit({ root, file }, module.exports, onExport)
  }
}

const paths = new Map<string, [path: string, file: string][]>()

/** Where the wanted files of this copy lie. */
function pathsOf(root: string): [path: string, file: string][] {
  let own = paths.get(root)
  if (own === undefined) {
    own = Object.keys(TARGETS).map(file => [join(root, `${file}.js`), file])
    paths.set(root, own)
  }
  return own
}

/** An export has its value; so have perhaps those of files loaded since. */
function onExport(driver: DriverFile, name: string, exports: object): void {
  report(driver, name, exports)
  visitCopy(driver.root)
}
