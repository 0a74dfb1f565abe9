import { join } from 'node:path'

/**
 * Files of `mongodb-client-encryption` 1 and 2, which go with the drivers
 * before 6, each with the class that it makes for a driver.
 */
const MAKERS: Readonly<Record<string, string>> = {
  'clientEncryption.js': 'ClientEncryption',
  'stateMachine.js': 'StateMachine',
}

/** `made[name]` is a class that was made for this driver's exports. */
export type OnMade = (mongodb: unknown, name: string, made: object) => void

/**
 * Each file exports a function that makes its class anew for each driver that
 * it is given: calls back with what it made. A file that is still loading is
 * awaited.
 */
export function watchMakers(folder: string, onMade: OnMade): void {
  for (const [file, name] of Object.entries(MAKERS)) {
    const module = require.cache[join(folder, file)]
    if (module === undefined || known.has(module)) continue
    known.add(module)
    const made = (mongodb: unknown, made: object) => onMade(mongodb, name, made)
    if (module.loaded) module.exports = withNotice(module.exports, made)
    else awaitExports(module, exports => withNotice(exports, made))
  }
}

const known = new WeakSet<NodeJS.Module>()

/** `module.exports = ...` gets what `replace` makes of it. */
function awaitExports(
  module: NodeJS.Module,
  replace: (exports: unknown) => unknown,
): void {
  const { exports } = module
  const shape = { configurable: true, enumerable: true }
  Object.defineProperty(module, 'exports', {
    ...shape,
    get: () => exports,
    set(given: unknown) {
      const value = replace(given)
      const property = { ...shape, writable: true, value }
      Object.defineProperty(module, 'exports', property)
    },
  })
}

function withNotice(
  make: unknown,
  onMade: (mongodb: unknown, made: object) => void,
): unknown {
  if (typeof make !== 'function') return make
  const notice = function (this: unknown, ...args: unknown[]): unknown {
    const made: unknown = Reflect.apply(make, this, args)
    if (typeof made === 'object' && made !== null) {
      onMade(Object(args[0]).mongodb, made)
    }
    return made
  }
  for (const key of ['name', 'length']) {
    const property = Object.getOwnPropertyDescriptor(make, key)
    if (property) Object.defineProperty(notice, key, property)
  }
  return notice
}
