import { warn } from '../warn.ts'
import type { DriverFile } from './driver-file.ts'
import { firstLine } from './guarded.ts'

/** What mongowatch took of each copy of the driver, by the copy's folder. */
const taken = new Map<string, Set<string>>()
const said = new Set<string>()
let mongowatch: typeof import('../mongowatch.ts') | undefined

/**
 * Loads mongowatch, which is only now known to be needed, before `require` is
 * hooked: that makes each of its files slower to load.
 */
export function prepare(root: string): void {
  try {
    // biome-ignore lint/correctness/useImportExtensions: tsc leaves require() as it is
    mongowatch ??= require('../mongowatch.js')
  } catch (error) {
    sayNotWatched(root, error)
  }
}

/**
 * Hands one export of a driver over to mongowatch. Never throws: it runs inside
 * the application's own `require`.
 */
export function report(
  { root, file }: DriverFile,
  name: string,
  exports: object,
): void {
  prepare(root)
  if (said.has(root)) return // half of it watched would be worse than none
  try {
    mongowatch?.driverExportFound({ root }, file, name, exports)
    taken.set(root, (taken.get(root) ?? new Set()).add(name))
  } catch (error) {
    sayNotWatched(root, error)
  }
}

/** Did mongowatch take this export of the copy in this folder? */
export function isTaken(root: string, name: string): boolean {
  return taken.get(root)?.has(name) === true
}

/** Says on stderr, once per copy, that this copy is not watched. */
export function sayNotWatched(root: string, reason: unknown): void {
  if (said.has(root)) return
  said.add(root)
  warn(
    'MONGOWATCH_NOT_WATCHED',
    `the driver ${root} is not watched: ${firstLine(reason)}`,
  )
}
