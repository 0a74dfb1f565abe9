import { warn } from '../warn.ts'
import type { DriverFile } from './driver-file.ts'
import { firstLine } from './guarded.ts'

/** What mongowatch took of each copy of the driver, by the copy's folder. */
const taken = new Map<string, Set<string>>()
const said = new Set<string>()
let mongowatch: typeof import('../mongowatch.ts') | undefined

/**
 * Hands one export of a driver over to mongowatch, which is only now known to
 * be needed and loaded. Never throws: it runs inside the application's own
 * `require`.
 */
export function report(
  { root, file }: DriverFile,
  name: string,
  exports: object,
): void {
  if (said.has(root)) return // half of it watched would be worse than none
  try {
    // biome-ignore lint/correctness/useImportExtensions: tsc leaves require() as it is
    mongowatch ??= require('../mongowatch.js')
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
