import type { Method } from './wrap-method.ts'

/** On the prototype of every class that was patched, across our copies. */
export const PATCHED = Symbol.for('mongowatch.patched.v1')

/** Replaces methods in place and can put them back. */
export class Patches {
  readonly #undo: (() => void)[] = []

  /**
   * Replaces `owner[name]` by what `wrap` makes of it. The new function keeps
   * the old one's name, length, prototype and property attributes.
   * `false` when there is no such method of its own.
   */
  replace(
    owner: object,
    name: PropertyKey,
    wrap: (original: Method) => Method,
  ): boolean {
    const descriptor = Object.getOwnPropertyDescriptor(owner, name)
    if (typeof descriptor?.value !== 'function') return false
    if (!descriptor.configurable && !descriptor.writable) return false
    const original: Method = descriptor.value
    const wrapper = disguise(wrap(original), original)
    Object.defineProperty(owner, name, { ...descriptor, value: wrapper })
    this.#undo.push(() => {
      // somebody who wrapped ours later still calls it: leave that in place
      if (Reflect.get(owner, name) !== wrapper) return
      Object.defineProperty(owner, name, descriptor)
    })
    return true
  }

  /** Marks a class as patched; `false` when it already was. */
  mark(prototype: object): boolean {
    if (Object.hasOwn(prototype, PATCHED)) return false
    Object.defineProperty(prototype, PATCHED, {
      value: true,
      configurable: true,
    })
    this.#undo.push(() => Reflect.deleteProperty(prototype, PATCHED))
    return true
  }

  /** Puts everything back, newest first. */
  undo(): void {
    while (this.#undo.length > 0) this.#undo.pop()?.()
  }
}

function disguise(wrapper: Method, original: Method): Method {
  Object.setPrototypeOf(wrapper, Object.getPrototypeOf(original))
  for (const key of ['name', 'length']) {
    const descriptor = Object.getOwnPropertyDescriptor(original, key)
    if (descriptor) Object.defineProperty(wrapper, key, descriptor)
  }
  return wrapper
}
