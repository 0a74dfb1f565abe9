import { warnOnce } from '../warn.ts'
import type { Method } from './wrap-method.ts'

/**
 * Wraps a method that gives an async iterator, to learn that the application
 * left its loop early: a `break` calls the iterator's `return`, and the driver
 * closes the cursor then only if the server's is still open. Costs nothing per
 * document: the iterator keeps its own `next` and own keys, only its `return`
 * is found one object earlier.
 */
export function wrapIterator(
  original: Method,
  onReturn: (target: object) => void,
): Method {
  return {
    method(this: object, ...args: unknown[]): unknown {
      const iterator = Reflect.apply(original, this, args)
      try {
        if (typeof iterator === 'object' && iterator !== null) {
          noticeReturn(iterator, () => onReturn(this))
        }
      } catch (error) {
        warnOnce('MONGOWATCH_WATCHER', error)
      }
      return iterator
    },
  }.method
}

function noticeReturn(iterator: object, left: () => void): void {
  const prototype: unknown = Object.getPrototypeOf(iterator)
  if (typeof prototype !== 'object' || prototype === null) return
  const inherited: unknown = Reflect.get(prototype, 'return')
  if (typeof inherited !== 'function') return
  const layer = {
    return(...args: unknown[]): unknown {
      try {
        left()
      } catch (error) {
        warnOnce('MONGOWATCH_WATCHER', error)
      }
      return Reflect.apply(inherited, iterator, args)
    },
  }
  Object.defineProperty(layer, 'return', { enumerable: false })
  Object.setPrototypeOf(layer, prototype)
  Object.setPrototypeOf(iterator, layer)
}
