import { loadedFiles } from './loaded.ts'
import { sayNotWatched } from './report.ts'
import { ESSENTIAL } from './targets.ts'

/**
 * Looks, when the process ends, whether a driver was loaded that nobody
 * watched, and says so. It also sees drivers that came past every `require`
 * (a loader that supplies CommonJS source); it cannot see those that are not in
 * the CommonJS cache: bundled into the application's file, run by Jest's own
 * module registry, or removed from the cache.
 */
export function watchExit(): void {
  // one listener more must not bring the application a warning of a leak
  const limit = process.getMaxListeners()
  if (limit > 0) process.setMaxListeners(limit + 1)
  process.on('exit', lookBack)
}

function lookBack(): void {
  try {
    for (const { root, file } of loadedFiles()) {
      if (file in ESSENTIAL || file === 'lib/index') sayNotWatched(root)
    }
  } catch {
    // the process ends: what it loaded can no longer be told
  }
}
