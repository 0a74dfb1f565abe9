import { warnOnce } from '../warn.ts'
import { createNotes } from './notes.ts'
import { createLayer, type Patches } from './patches.ts'
import type { Method } from './wrap-method.ts'

/** What an iterator reads from. */
const sources = createNotes<object>()

/**
 * Wraps a method that gives an async iterator, to learn that the application
 * left its loop early: a `break` calls the iterator's `return`, and the driver
 * closes the cursor then only if the server's is still open. Costs nothing per
 * document: the iterator keeps its own `next` and own keys, only its `return`
 * is found one object earlier.
 *
 * That object is one for all iterators where the method is a generator. A
 * prototype for each of them (4.17, whose method calls a generator) takes 10 us
 * and leaves V8 three hidden classes to collect.
 */
export function wrapIterator(
  patches: Patches,
  original: Method,
  onReturn: (target: object) => void,
): Method {
  const tells = {
    return: (inherited: Method): Method => tellReturn(inherited, onReturn),
  }
  const shared: unknown = Reflect.get(original, 'prototype')
  if (isObject(shared)) patches.interpose(shared, tells)
  const notice = (iterator: object, source: object) => {
    sources.set(iterator, source)
    const prototype: unknown = Object.getPrototypeOf(iterator)
    if (prototype === shared || !isObject(prototype)) return
    const layer = createLayer(prototype, tells)
    if (layer !== undefined) Object.setPrototypeOf(iterator, layer)
  }
  return {
    method(this: object, ...args: unknown[]): unknown {
      const iterator = Reflect.apply(original, this, args)
      try {
        if (isObject(iterator)) notice(iterator, this)
      } catch (error) {
        warnOnce('MONGOWATCH_WATCHER', error)
      }
      return iterator
    },
  }.method
}

function tellReturn(
  inherited: Method,
  onReturn: (target: object) => void,
): Method {
  return {
    method(this: unknown, ...args: unknown[]): unknown {
      try {
        const source = isObject(this) ? sources.get(this) : undefined
        if (source !== undefined) onReturn(source)
      } catch (error) {
        warnOnce('MONGOWATCH_WATCHER', error)
      }
      return Reflect.apply(inherited, this, args)
    },
  }.method
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
