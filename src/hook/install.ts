import Module from 'node:module'
import '../start-folder.ts' // before the application changes it
import {
  isDriverLoaded,
  isEncryptionFolder,
  parseDriverFile,
  parseOtherFile,
} from './driver-file.ts'
import { guarded } from './guarded.ts'

/** One installation per thread, whatever copies and flags bring us in. */
const INSTALLED = Symbol.for('mongowatch.hooks.v1')

/**
 * Waits for the application to load a driver. Most Node processes of a host
 * never do: they get these few lines, and the hooks proper stay away.
 */
export function install(): void {
  if (Object.hasOwn(globalThis, INSTALLED)) return
  Object.defineProperty(globalThis, INSTALLED, { value: __dirname })
  if (isDriverLoaded()) withHooks(hooks => hooks.visitLoaded())
  if (isLoaderAskedFor()) withHooks(hooks => hooks.hookImports())
  if (!watchModules()) withHooks(hooks => hooks.hookEveryRequire())
  watchExit()
}

type Hooks = typeof import('./driver-hooks.ts')

let hooks: Hooks | false | undefined

/** Loads the hooks proper, once; if they fail to load they stay away. */
function withHooks(use: (hooks: Hooks) => void): void {
  guarded(() => {
    if (hooks === undefined) {
      hooks = false
      if (isLoaderThread()) return
      // biome-ignore lint/correctness/useImportExtensions: tsc leaves require() as it is
      hooks = require('./driver-hooks.js') as Hooks
    }
    if (hooks) use(hooks)
  })
}

/**
 * Node asks for the `node_modules` folders of every CommonJS file that begins
 * to load: required or imported, its source read by Node or by a loader that
 * brings a `require` of its own. It is once per file, and nothing is thrown
 * through it, so that no stack trace ever shows it. False if that is not to be
 * had: it is no documented part of Node.
 */
function watchModules(): boolean {
  const loader: { _nodeModulePaths: (folder: string) => string[] } =
    Object(Module)
  const original = loader._nodeModulePaths
  if (typeof original !== 'function') return false
  return Reflect.set(
    loader,
    '_nodeModulePaths',
    function (this: unknown, folder: string) {
      const driver = parseDriverFile(folder)
      if (driver) withHooks(hooks => hooks.driverLoads(driver.root))
      else noticeOther(folder)
      return original.call(this, folder)
    },
  )
}

/**
 * What encrypts for drivers before 6; and a package mongodb without the
 * driver's files, which is said once and not watched.
 */
function noticeOther(folder: string): void {
  if (isEncryptionFolder(folder)) withHooks(h => h.encryptionLoads(folder))
  const root = parseOtherFile(folder)
  if (root !== undefined) withHooks(hooks => hooks.sayWithoutDriver(root))
}

/** Looks, when the process ends, whether a driver was loaded unseen. */
function watchExit(): void {
  // one listener more must not bring the application a warning of a leak
  const limit = process.getMaxListeners()
  if (limit > 0) process.setMaxListeners(limit + 1)
  process.on('exit', () => {
    if (isDriverLoaded()) withHooks(hooks => hooks.sayUnwatched())
  })
}

function isLoaderAskedFor(): boolean {
  const flags = `${process.execArgv.join(' ')} ${process.env.NODE_OPTIONS}`
  return /--(experimental-)?loader\b/.test(flags)
}

/** Node runs preloads in the thread of `module.register` too: not for us. */
function isLoaderThread(): boolean {
  const threads: { isInternalThread?: boolean } = require('node:worker_threads')
  return threads.isInternalThread === true
}
