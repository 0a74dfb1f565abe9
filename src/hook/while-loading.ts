import Module from 'node:module'
import { Hook, type OnRequireFn } from 'require-in-the-middle'

let entry: NodeJS.Module | undefined

/** Is `require` hooked now? */
export function isHooked(): boolean {
  if (entry === undefined || entry.loaded) return false
  return require.cache[entry.filename] === entry // it leaves if it fails to load
}

/**
 * Hooks `require` until this module is loaded, and no longer: afterwards it is
 * as fast as it was, and the application's stack traces show nothing of us.
 */
export function hookWhileLoading(
  module: NodeJS.Module,
  names: string[],
  onRequire: OnRequireFn,
): void {
  const hook = new Hook(names, onRequire)
  entry = module
  let current = Module.prototype.require
  const property = { configurable: true, enumerable: true }
  Object.defineProperty(Module.prototype, 'require', {
    ...property,
    get() {
      if (isHooked()) return current
      const last = { ...property, writable: true, value: current }
      Object.defineProperty(Module.prototype, 'require', last)
      hook.unhook() // puts back what was there, unless others hooked since
      return Module.prototype.require
    },
    set(value: typeof current) {
      current = value
    },
  })
}
