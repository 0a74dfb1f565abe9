import { warnOnce } from '../warn.ts'
import { callNested, isNested } from './nesting.ts'
import type { Patches } from './patches.ts'
import type { WatchContext } from './watch-context.ts'
import type { Method } from './wrap-method.ts'

/**
 * Counts what goes through the driver's `executeOperation`, the funnel of
 * every operation, retries inside, and marks what an operation does while it
 * is executed as inner (up to 6.0 operations call the public methods of
 * collections from there).
 */
export function watchExecution(
  patches: Patches,
  context: WatchContext,
  exports: object,
): void {
  const nestedClasses = new WeakSet<object>()
  patches.replace(
    exports,
    'executeOperation',
    original =>
      ({
        method(this: unknown, ...args: unknown[]): unknown {
          const [client, operation] = args
          if (typeof operation === 'object' && operation !== null) {
            try {
              context.coverage.count(client, operation, isNested())
              nestExecution(patches, nestedClasses, operation)
            } catch (error) {
              warnOnce('MONGOWATCH_WATCHER', error)
            }
          }
          return Reflect.apply(original, this, args)
        },
      }).method,
  )
}

const EXECUTES = ['execute', 'executeCallback', 'executeAsync']

function nestExecution(
  patches: Patches,
  done: WeakSet<object>,
  operation: object,
): void {
  let prototype: unknown = Object.getPrototypeOf(operation)
  while (
    typeof prototype === 'object' &&
    prototype !== null &&
    prototype !== Object.prototype &&
    !done.has(prototype)
  ) {
    done.add(prototype)
    for (const name of EXECUTES) {
      patches.replace(prototype, name, nested)
    }
    prototype = Object.getPrototypeOf(prototype)
  }
}

function nested(original: Method): Method {
  return {
    method(this: unknown, ...args: unknown[]): unknown {
      return callNested(original, this, args)
    },
  }.method
}
