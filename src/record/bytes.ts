import { documentOf, type PlainDocument } from './marks.ts'

const SHOWN = 32
const UUID = 4

const typedArray = Object.getPrototypeOf(Uint8Array.prototype)
const lengthOf = getter(typedArray, 'length')
const viewBuffer = getter(typedArray, 'buffer')
const viewOffset = getter(typedArray, 'byteOffset')

const HEX = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
)

/** The intrinsic getter, read before an application can shadow it. */
export function getter(prototype: object, key: PropertyKey): () => unknown {
  const found = Object.getOwnPropertyDescriptor(prototype, key)?.get
  if (found === undefined) throw new TypeError(`No getter ${String(key)}`)
  return found
}

/** Number of elements, whatever the application defined on the object. */
export function elementCount(view: object): number {
  return Number(lengthOf.call(view))
}

/** 24 bits as six hex digits. */
export function hexWord(word: number): string {
  return `${HEX[(word >> 16) & 0xff]}${HEX[(word >> 8) & 0xff]}${HEX[word & 0xff]}`
}

/** `length` bytes from `start` as hex digits. */
export function hexText(
  bytes: Uint8Array,
  start: number,
  length: number,
): string {
  let text = ''
  for (let i = start; i < start + length; i++) text += HEX[bytes[i] ?? 0]
  return text
}

/**
 * Bytes in Extended JSON form: a UUID whole, anything else its first 32 bytes
 * and, as `$truncated`, how many are left out.
 */
export function binaryDocument(
  bytes: Uint8Array,
  length: number,
  subType: number,
): PlainDocument {
  if (subType === UUID && length === 16) {
    return documentOf('$uuid', uuidText(bytes))
  }
  const shown = Math.min(length, SHOWN)
  const binary = documentOf('base64', base64(bytes, shown))
  binary.subType = HEX[subType & 0xff]
  const document = documentOf('$binary', binary)
  if (length > shown) document.$truncated = length - shown
  return document
}

function uuidText(bytes: Uint8Array): string {
  const parts = [4, 2, 2, 2, 6]
  let start = 0
  return parts
    .map(size => {
      start += size
      return hexText(bytes, start - size, size)
    })
    .join('-')
}

function base64(bytes: Uint8Array, length: number): string {
  const memory = viewBuffer.call(bytes) as ArrayBuffer
  const offset = Number(viewOffset.call(bytes))
  return Buffer.from(memory, offset, length).toString('base64')
}
