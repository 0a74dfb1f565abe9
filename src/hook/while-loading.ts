import Module from 'node:module'
import { basename } from 'node:path'
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
  const before = Module.prototype.require
  const hook = new Hook(names, onRequire)
  const hooked = Module.prototype.require
  const wanted = new Set(['.', '..', ...names.map(name => basename(name))])
  // what can be none of the names is spared require-in-the-middle, which looks
  // every file up a second time
  const forWanted = function (this: NodeJS.Module, id: string) {
    return (wanted.has(lastPart(id)) ? hooked : before).call(this, id)
  } as typeof before
  entry = module
  let current = forWanted
  const property = { configurable: true, enumerable: true }
  Object.defineProperty(Module.prototype, 'require', {
    ...property,
    get() {
      if (isHooked()) return current
      const value = current === forWanted ? hooked : current
      const last = { ...property, writable: true, value }
      Object.defineProperty(Module.prototype, 'require', last)
      hook.unhook() // puts back what was there, unless others hooked since
      return Module.prototype.require
    },
    set(value: typeof current) {
      current = value
    },
  })
}

/** The name that a file is asked for by: `../gridfs/index.js` by `gridfs`. */
function lastPart(id: unknown): string {
  if (typeof id !== 'string') return '' // which Node refuses
  return basename(id.replace(/(\/index)?(\.js)?$/, ''))
}
