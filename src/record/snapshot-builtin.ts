import { types } from 'node:util'
import { binaryDocument, elementCount, getter } from './bytes.ts'
import { isoText } from './iso-text.ts'
import { documentOf, omitted } from './marks.ts'
import { regularExpressionDocument } from './snapshot-bson.ts'
import type { Copy, Reader } from './snapshot-copy.ts'

type Test = (object: object) => boolean

const getTime = Date.prototype.getTime
const source = getter(RegExp.prototype, 'source')
const mapEntries = Map.prototype.entries
const mapNext = mapEntries.call(new Map()).next
const mapSize = getter(Map.prototype, 'size')
const setValues = Set.prototype.values
const setNext = setValues.call(new Set()).next
const setSize = getter(Set.prototype, 'size')
const viewBuffer = getter(DataView.prototype, 'buffer')
const viewOffset = getter(DataView.prototype, 'byteOffset')
const viewLength = getter(DataView.prototype, 'byteLength')

const FLAGS = (
  [
    ['d', 'hasIndices'],
    ['g', 'global'],
    ['i', 'ignoreCase'],
    ['m', 'multiline'],
    ['s', 'dotAll'],
    ['u', 'unicode'],
    ['y', 'sticky'],
  ] as const
).map(([flag, name]) => [flag, getter(RegExp.prototype, name)] as const)

const LAST_MILLISECOND = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/**
 * JavaScript's own kinds of objects, by tests that look at internal slots and
 * readers that use the intrinsic methods, never the object's.
 */
export const BUILT_IN_READERS: readonly (readonly [Test, Reader])[] = [
  [types.isDate, date],
  [types.isRegExp, regularExpression],
  [types.isUint8Array, bytes],
  [types.isMap, map],
  [types.isSet, set],
  [types.isTypedArray, numbers],
  [types.isDataView, view],
  [types.isAnyArrayBuffer, buffer],
  [types.isBoxedPrimitive, boxed],
  [types.isPromise, () => omitted('promise')],
]

function date(object: object): unknown {
  const time = getTime.call(object as Date)
  if (Number.isNaN(time)) return omitted('invalid date')
  return documentOf(
    '$date',
    time >= 0 && time <= LAST_MILLISECOND
      ? isoText(time)
      : documentOf('$numberLong', String(time)),
  )
}

function regularExpression(object: object, copy: Copy): unknown {
  const flags = FLAGS.filter(([, has]) => has.call(object)).map(([f]) => f)
  return regularExpressionDocument(
    String(source.call(object)),
    flags.join(''),
    copy,
  )
}

function bytes(object: object): unknown {
  return binaryDocument(object as Uint8Array, elementCount(object), 0)
}

function view(object: object): unknown {
  return bytes(
    new Uint8Array(
      viewBuffer.call(object) as ArrayBuffer,
      Number(viewOffset.call(object)),
      Number(viewLength.call(object)),
    ),
  )
}

function buffer(object: object): unknown {
  return bytes(new Uint8Array(object as ArrayBuffer))
}

function numbers(object: object, copy: Copy, depth: number): unknown {
  const values = object as Float64Array | BigInt64Array
  return copy.list(elementCount(object), depth, index => values[index])
}

function set(object: object, copy: Copy, depth: number): unknown {
  const values = setValues.call(object as Set<unknown>)
  return copy.list(
    Number(setSize.call(object)),
    depth,
    () => setNext.call(values).value,
  )
}

/** A Map is a document (the driver takes one as a sort); keys become text. */
function map(object: object, copy: Copy, depth: number): unknown {
  const entries = mapEntries.call(object as Map<unknown, unknown>)
  return copy.document(Number(mapSize.call(object)), depth, () => {
    const [key, value]: [unknown, unknown] = mapNext.call(entries).value ?? [
      '',
      undefined,
    ]
    return [keyText(key, copy, depth), value]
  })
}

function keyText(key: unknown, copy: Copy, depth: number): string {
  if (typeof key === 'string') return key
  return JSON.stringify(copy.value(key, depth + 1))
}

function boxed(object: object, copy: Copy, depth: number): unknown {
  if (types.isStringObject(object)) {
    return copy.text(String.prototype.valueOf.call(object))
  }
  if (types.isNumberObject(object)) {
    return copy.value(Number.prototype.valueOf.call(object), depth)
  }
  if (types.isBooleanObject(object)) {
    return Boolean.prototype.valueOf.call(object)
  }
  return omitted('boxed value')
}
