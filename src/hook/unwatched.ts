import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type LoadedFile, loadedFiles } from './loaded.ts'
import { isTaken, sayNotWatched } from './report.ts'
import { ESSENTIAL } from './targets.ts'

/**
 * Says which of the loaded drivers nobody watches: another version than we
 * know, or loaded unseen. What is not in the CommonJS cache cannot be told: a
 * driver bundled into the application's file, run by Jest's own module
 * registry, or removed from the cache.
 */
export function sayUnwatched(): void {
  for (const loaded of loadedFiles()) {
    const reason = whyUnwatched(loaded)
    if (reason !== undefined) sayNotWatched(loaded.root, reason)
  }
}

/** Says of a package mongodb that it has none of the driver's files. */
export function sayWithoutDriver(root: string): void {
  if (existsSync(join(root, 'lib', 'collection.js'))) return
  sayNotWatched(
    root,
    'it has no lib/collection.js, where the drivers 4 to 7 have Collection',
  )
}

function whyUnwatched({ root, file, module }: LoadedFile): string | undefined {
  if (!module.loaded) return undefined // an import is prepared long before it runs
  if (file === 'lib/index') {
    const isSeen = Object.values(ESSENTIAL).some(name => isTaken(root, name))
    return isSeen ? undefined : 'its classes were not seen'
  }
  const name = ESSENTIAL[file]
  if (name === undefined || isTaken(root, name)) return undefined
  return Object.hasOwn(Object(module.exports), name)
    ? `${name} was loaded past require()`
    : `no ${name} in ${file}.js, where the drivers 4 to 7 have it`
}
