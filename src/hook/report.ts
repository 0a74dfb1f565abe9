import { warn } from '../warn.ts'
import { ESSENTIAL } from './targets.ts'

/** What is known of one copy of the driver. */
interface Copy {
  /** Names that mongowatch took. */
  readonly taken: Set<string>
  failure: unknown
  said: boolean
}

const copies = new Map<string, Copy>()

/** Loads the rest of mongowatch: only now is it known to be needed. */
const loadMongowatch = (): typeof import('../mongowatch.ts') =>
  // biome-ignore lint/correctness/useImportExtensions: tsc leaves a require() as it is
  require('../mongowatch.js')

/**
 * Hands one export of a driver over to mongowatch. Never throws: it runs in
 * the middle of the application's own `require`.
 */
export function report(
  root: string,
  file: string,
  name: string,
  exports: object,
): void {
  const copy = copyAt(root)
  if (copy.failure !== undefined) return
  try {
    loadMongowatch().driverExportFound({ root }, file, name, exports)
    copy.taken.add(name)
  } catch (error) {
    copy.failure = error ?? 'unknown'
    sayNotWatched(root)
  }
}

/** Says once per copy on stderr that it is not watched, unless it is. */
export function sayNotWatched(root: string): void {
  const copy = copyAt(root)
  const missing = Object.values(ESSENTIAL).filter(n => !copy.taken.has(n))
  if (copy.said || (missing.length === 0 && copy.failure === undefined)) return
  copy.said = true
  const reason =
    copy.failure === undefined
      ? `found no ${missing.join(', no ')}; drivers 4 to 7 are known`
      : firstLine(copy.failure)
  warn('MONGOWATCH_NOT_WATCHED', `${root} is not watched: ${reason}`)
}

function copyAt(root: string): Copy {
  let copy = copies.get(root)
  if (copy === undefined) {
    copy = { taken: new Set(), failure: undefined, said: false }
    copies.set(root, copy)
  }
  return copy
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n', 1)[0] ?? text
}
