import { types } from 'node:util'
import { binaryDocument, elementCount, hexText, hexWord } from './bytes.ts'
import { decimalText } from './decimal128.ts'
import { documentOf, emptyDocument, MASKED } from './marks.ts'
import { ownNumber, ownString, ownValue } from './own.ts'
import { maskText } from './secrets-text.ts'
import type { Copy, Reader } from './snapshot-copy.ts'

const SENSITIVE = 8
const idSymbols = new WeakMap<object, symbol>()

/**
 * BSON types by their `_bsontype`, for every layout from bson 1 to 7. They are
 * read by their own data properties, so any number of copies of the library
 * may be loaded and none of its code runs.
 */
export const BSON_READERS = new Map<string, Reader>([
  ['ObjectId', objectId],
  ['ObjectID', objectId],
  ['Long', long],
  ['Int32', number],
  ['Double', number],
  ['Decimal128', decimal],
  ['Timestamp', timestamp],
  ['Binary', binary],
  ['BSONRegExp', regularExpression],
  ['Symbol', symbol],
  ['BSONSymbol', symbol],
  ['Code', code],
  ['DBRef', reference],
  ['MinKey', () => documentOf('$minKey', 1)],
  ['MaxKey', () => documentOf('$maxKey', 1)],
])

function objectId(object: object, copy: Copy, depth: number): unknown {
  const hex = wordsHex(object) ?? bytesHex(object)
  return hex === undefined
    ? copy.fields(object, depth)
    : documentOf('$oid', hex)
}

/** bson 7: four 24-bit numbers. */
function wordsHex(object: object): string | undefined {
  const first = ownNumber(object, 'i0')
  if (first === undefined) return undefined
  const second = ownNumber(object, 'i1') ?? 0
  const third = ownNumber(object, 'i2') ?? 0
  const fourth = ownNumber(object, 'i3') ?? 0
  return hexWord(first) + hexWord(second) + hexWord(third) + hexWord(fourth)
}

/** bson 6: `buffer`; bson 4 and 5: a symbol of the copy; bson 1: `id`. */
function bytesHex(object: object): string | undefined {
  for (const key of ['buffer', idSymbol(object), 'id']) {
    const bytes = ownValue(object, key)
    if (isBytes(bytes) && elementCount(bytes) === 12) {
      return hexText(bytes, 0, 12)
    }
    if (typeof bytes === 'string' && bytes.length === 12) {
      return Buffer.from(bytes, 'latin1').toString('hex')
    }
  }
  return undefined
}

function idSymbol(object: object): symbol | string {
  const prototype = Object.getPrototypeOf(object)
  const known = idSymbols.get(prototype)
  if (known !== undefined) return known
  const found = Object.getOwnPropertySymbols(object).find(
    own => own.description === 'id',
  )
  if (found !== undefined) idSymbols.set(prototype, found)
  return found ?? 'id'
}

function isBytes(value: unknown): value is Uint8Array {
  return types.isUint8Array(value)
}

function long(object: object, copy: Copy, depth: number): unknown {
  // bson 4 marks a Timestamp, a kind of Long there, on the object itself
  if (ownString(object, '_bsontype') === 'Timestamp') {
    return timestamp(object)
  }
  const low = ownNumber(object, 'low')
  const high = ownNumber(object, 'high')
  if (low === undefined || high === undefined) {
    return copy.fields(object, depth)
  }
  const upper = ownValue(object, 'unsigned') === true ? high >>> 0 : high
  const small = upper * 0x100000000 + (low >>> 0)
  if (Number.isSafeInteger(small)) return small
  const exact = (BigInt(upper) << 32n) | BigInt(low >>> 0)
  return documentOf('$numberLong', exact.toString())
}

function number(object: object, copy: Copy, depth: number): unknown {
  const value = ownNumber(object, 'value')
  return value === undefined
    ? copy.fields(object, depth)
    : copy.value(value, depth)
}

function decimal(object: object, copy: Copy, depth: number): unknown {
  const bytes = ownValue(object, 'bytes')
  return isBytes(bytes) && elementCount(bytes) === 16
    ? documentOf('$numberDecimal', decimalText(bytes))
    : copy.fields(object, depth)
}

function timestamp(object: object): unknown {
  const parts = documentOf('t', (ownNumber(object, 'high') ?? 0) >>> 0)
  parts.i = (ownNumber(object, 'low') ?? 0) >>> 0
  return documentOf('$timestamp', parts)
}

function binary(object: object, copy: Copy, depth: number): unknown {
  const bytes = ownValue(object, 'buffer')
  const subType = ownNumber(object, 'sub_type') ?? 0
  if (subType === SENSITIVE) return MASKED
  if (!isBytes(bytes)) return copy.fields(object, depth)
  const size = elementCount(bytes)
  const used = ownNumber(object, 'position') ?? size
  return binaryDocument(bytes, Math.max(0, Math.min(used, size)), subType)
}

function regularExpression(object: object, copy: Copy): unknown {
  return regularExpressionDocument(
    ownString(object, 'pattern') ?? '',
    ownString(object, 'options') ?? '',
    copy,
  )
}

/** A pattern and its options, as `$regularExpression`. */
export function regularExpressionDocument(
  pattern: string,
  options: string,
  copy: Copy,
): unknown {
  const parts = documentOf('pattern', copy.text(pattern))
  parts.options = options
  return documentOf('$regularExpression', parts)
}

function symbol(object: object, copy: Copy): unknown {
  return documentOf('$symbol', copy.text(ownString(object, 'value') ?? ''))
}

function code(object: object, copy: Copy, depth: number): unknown {
  const text = ownString(object, 'code')
  if (text === undefined) return copy.fields(object, depth)
  const document = documentOf('$code', copy.text(maskText(text)))
  const scope = ownValue(object, 'scope')
  if (scope !== undefined && scope !== null) {
    document.$scope = copy.value(scope, depth + 1)
  }
  return document
}

function reference(object: object, copy: Copy, depth: number): unknown {
  const document = emptyDocument()
  document.$ref = copy.text(ownString(object, 'collection') ?? '')
  document.$id = copy.value(ownValue(object, 'oid'), depth + 1)
  const db = ownString(object, 'db')
  if (db !== undefined) document.$db = copy.text(db)
  return document
}
