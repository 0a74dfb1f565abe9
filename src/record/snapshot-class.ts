import { types } from 'node:util'
import { ownString } from './own.ts'
import { BSON_READERS } from './snapshot-bson.ts'
import { BUILT_IN_READERS } from './snapshot-builtin.ts'
import type { Copy, Reader } from './snapshot-copy.ts'
import { mongooseValues } from './snapshot-mongoose.ts'

const getPrototypeOf = Object.getPrototypeOf
const getOwnPropertyDescriptor = Object.getOwnPropertyDescriptor
const functionText = Function.prototype.toString
const RETURNED = /^get _bsontype\(\)\s*\{\s*return\s*["'](\w+)["'];?\s*\}$/

/** The reader of every prototype met so far. */
const readers = new WeakMap<object, Reader>()

/** How to copy an object that is neither plain nor an array. */
export function readerOf(prototype: object): Reader {
  const known = readers.get(prototype)
  if (known !== undefined) return known
  const reader = BSON_READERS.get(bsonType(prototype) ?? '') ?? readInstance
  readers.set(prototype, reader)
  return reader
}

/**
 * The `_bsontype` that a prototype gives its objects, without calling
 * anything: bson 4 has it as data; later ones as a getter, whose text or class
 * says the same. A getter of the application that looks different is not run.
 */
function bsonType(prototype: object): string | undefined {
  let holder: object | null = prototype
  while (holder !== null && !types.isProxy(holder)) {
    const found = getOwnPropertyDescriptor(holder, '_bsontype')
    if (typeof found?.value === 'string') return found.value
    if (found?.get !== undefined) return returnedText(found.get, holder)
    holder = getPrototypeOf(holder)
  }
  return undefined
}

function returnedText(get: () => unknown, holder: object): string | undefined {
  const written = RETURNED.exec(functionText.call(get))?.[1]
  return written ?? className(holder)
}

/** Where functions have no text (compiled to bytecode) the class's name. */
function className(prototype: object): string | undefined {
  const found = getOwnPropertyDescriptor(prototype, 'constructor')?.value
  if (typeof found !== 'function' || types.isProxy(found)) return undefined
  return ownString(found, 'name')
}

/** What cannot be known from the prototype is asked of each object. */
function readInstance(object: object, copy: Copy, depth: number): unknown {
  for (const [is, read] of BUILT_IN_READERS) {
    if (is(object)) return read(object, copy, depth)
  }
  const own = BSON_READERS.get(ownString(object, '_bsontype') ?? '')
  if (own !== undefined) return own(object, copy, depth)
  return copy.fields(mongooseValues(object) ?? object, depth)
}
