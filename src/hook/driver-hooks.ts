import { join } from 'node:path'
import type { DriverFile } from './driver-file.ts'
import { watchMakers } from './encryption-package.ts'
import { guarded } from './guarded.ts'
import { watchImports } from './imports.ts'
import { loadedFiles } from './loaded.ts'
import { prepare, report } from './report.ts'
import { TARGETS } from './targets.ts'
import { sayUnwatched } from './unwatched.ts'
import { visit } from './visit.ts'
import { hookWhileLoading, isHooked } from './while-loading.ts'

export { sayUnwatched, sayWithoutDriver } from './unwatched.ts'

/** require-in-the-middle's names of the files. */
const FILES = new Map(
  Object.keys(TARGETS).map(f => [`mongodb/${f}`.replace(/\/index$/, ''), f]),
)

/**
 * A file of this copy of the driver begins to load. Those that began before
 * are visited, half-loaded as they may be; `require` is hooked until all are.
 */
export function driverLoads(root: string): void {
  visitCopy(root)
  if (isHooked()) return
  const begun = loadedFiles().filter(file => file.root === root)
  const entry = begun.find(({ module }) => !module.loaded)
  if (entry === undefined) return
  prepare(root)
  hookWhileLoading(entry.module, [...FILES.keys()], onRequire)
  setImmediate(() => guarded(() => lookBack(root))).unref()
}

/** Visits the drivers that are loaded. */
export function visitLoaded(): void {
  for (const root of new Set(loadedFiles().map(file => file.root))) {
    visitCopy(root)
  }
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

function onRequire<T>(exports: T, name: string, root: string | undefined): T {
  const file = FILES.get(name)
  if (file !== undefined && root !== undefined) {
    guarded(() => visit({ root, file }, exports, onExport))
  }
  return exports // always the same object: others hold it already
}

/** A driver is loaded in one go: now its classes are there, or unknown. */
function lookBack(root: string): void {
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
