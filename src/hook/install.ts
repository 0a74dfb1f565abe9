import Module from 'node:module'
import { isDriverLoaded, parseDriverFile } from './driver-file.ts'
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
  watchRequire()
  watchResolve()
  if (isDriverLoaded()) withHooks(hooks => hooks.hookDriver())
  if (isLoaderAskedFor()) withHooks(hooks => hooks.hookImports())
  watchExit()
}

type Hooks = typeof import('./driver-hooks.ts')

let hooks: Hooks | false | undefined

/** Loads the hooks proper, once: if they fail to load they stay away. */
function withHooks(use: (hooks: Hooks) => void): void {
  guarded(() => {
    if (hooks === undefined) {
      hooks = false
      // biome-ignore lint/correctness/useImportExtensions: tsc leaves require() as it is
      hooks = require('./driver-hooks.js') as Hooks
    }
    if (hooks) use(hooks)
  })
}

/** A file asks for another. The driver's do so before they define a class. */
function moduleAsks(asking: Module | null | undefined): void {
  const driver = parseDriverFile(asking?.filename)
  if (driver === undefined) return
  withHooks(hooks => hooks.driverAsks(driver, asking?.exports))
}

/** However a driver is loaded, inside it is CommonJS and uses `require`. */
function watchRequire(): void {
  const original = Module.prototype.require
  Module.prototype.require = function (this: Module, id: string): unknown {
    moduleAsks(this)
    return original.call(this, id)
  }
}

/**
 * A loader that supplies the source of CommonJS files brings a `require` of
 * its own, but names are still resolved here, in all versions of Node.
 */
function watchResolve(): void {
  const loader: { _resolveFilename: ResolveFilename } = Object(Module)
  const original = loader._resolveFilename
  loader._resolveFilename = function (...args) {
    moduleAsks(args[1])
    return original.apply(this, args)
  }
}

/** Undocumented, but where everybody changes how names are resolved. */
type ResolveFilename = (
  request: string,
  parent: Module | null | undefined,
  ...rest: unknown[]
) => string

function isLoaderAskedFor(): boolean {
  const flags = `${process.execArgv.join(' ')} ${process.env.NODE_OPTIONS}`
  return /--(experimental-)?loader\b/.test(flags)
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
