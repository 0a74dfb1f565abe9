import { channel } from 'node:diagnostics_channel'
import type { Method } from './wrap-method.ts'

/**
 * The prototypes that were patched, by any copy of mongowatch in this thread.
 * They find each other by a channel's name: a key of the prototypes or of the
 * global object would be seen by whoever lists them.
 */
const meeting: { patched?: WeakSet<object> } & object = channel(
  Symbol.for('mongowatch.patched.v1'),
)

/** Asks the channel each time, so that it is held: Node keeps none alive. */
function patchedClasses(): WeakSet<object> {
  meeting.patched ??= new WeakSet()
  return meeting.patched
}

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

  /**
   * Puts methods between a class and the class it inherits from, for methods
   * that it does not have itself (`emit` of a stream). So its prototype, its
   * objects and its parent keep their own keys, and nobody has a listener
   * more. `wrap` gets a function that calls what the parent has now.
   */
  interpose(
    prototype: object,
    wraps: Readonly<Record<string, (inherited: Method) => Method>>,
  ): string[] {
    const parent: unknown = Object.getPrototypeOf(prototype)
    if (typeof parent !== 'object' || parent === null) return []
    const between = createLayer(parent, wraps)
    if (between === undefined) return []
    Object.setPrototypeOf(prototype, between)
    this.#undo.push(() => {
      if (Object.getPrototypeOf(prototype) !== between) return
      Object.setPrototypeOf(prototype, parent)
    })
    return Object.keys(wraps)
  }

  /** Marks a class as patched; `false` when it already was. */
  mark(prototype: object): boolean {
    const patched = patchedClasses()
    if (patched.has(prototype)) return false
    patched.add(prototype)
    this.#undo.push(() => patched.delete(prototype))
    return true
  }

  /** Puts everything back, newest first. */
  undo(): void {
    while (this.#undo.length > 0) this.#undo.pop()?.()
  }
}

/**
 * An object to be put between one and its prototype: it has methods of the
 * prototype, wrapped. `undefined` when one of them is not there.
 */
export function createLayer(
  parent: object,
  wraps: Readonly<Record<PropertyKey, (inherited: Method) => Method>>,
): object | undefined {
  const layer: object = Object.create(parent)
  for (const name of Reflect.ownKeys(wraps)) {
    const descriptor = inheritedProperty(parent, name)
    const wrap = wraps[name]
    if (typeof descriptor?.value !== 'function' || !wrap) return undefined
    const value = disguise(wrap(callsNow(parent, name)), descriptor.value)
    Object.defineProperty(layer, name, { ...descriptor, value })
  }
  return layer
}

function inheritedProperty(
  object: object,
  name: PropertyKey,
): PropertyDescriptor | undefined {
  let owner: object | null = object
  while (owner !== null) {
    const descriptor = Object.getOwnPropertyDescriptor(owner, name)
    if (descriptor !== undefined) return descriptor
    owner = Object.getPrototypeOf(owner)
  }
  return undefined
}

/** Others may replace the parent's method later, like `super.name()`. */
function callsNow(parent: object, name: PropertyKey): Method {
  return {
    method(this: unknown, ...args: unknown[]): unknown {
      return Reflect.apply(Reflect.get(parent, name), this, args)
    },
  }.method
}

function disguise(wrapper: Method, original: Method): Method {
  Object.setPrototypeOf(wrapper, Object.getPrototypeOf(original))
  // a generator has a `prototype` as well
  for (const key of ['name', 'length', 'prototype']) {
    const descriptor = Object.getOwnPropertyDescriptor(original, key)
    if (descriptor) Object.defineProperty(wrapper, key, descriptor)
  }
  return wrapper
}
