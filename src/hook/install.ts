import { watchExit } from './exit.ts'
import { loadedFiles } from './loaded.ts'
import { report } from './report.ts'
import { hookRequire } from './require.ts'
import { visit } from './visit.ts'

/** One installation per thread, whatever copies and flags bring us in. */
const INSTALLED = Symbol.for('mongowatch.hooks.v1')

/**
 * Waits for the application to load a driver. Until then nothing but the
 * files of this folder is loaded.
 */
export function install(): void {
  if (isLoaderThread() || Object.hasOwn(globalThis, INSTALLED)) return
  Object.defineProperty(globalThis, INSTALLED, { value: __dirname })
  hookRequire()
  for (const { root, file, exports } of loadedFiles()) {
    visit(root, file, exports, report)
  }
  watchExit()
}

/** Node runs preloads also in the thread of `module.register`: not for us. */
function isLoaderThread(): boolean {
  const threads: { isInternalThread?: boolean } = require('node:worker_threads')
  return threads.isInternalThread === true
}
