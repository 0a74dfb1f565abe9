import { createHash, randomBytes } from 'node:crypto'

/** 32-bit words of a key. */
export const KEY = 4

const SHORT = 12
/** The last word of a key says what the others are: hexadecimal is 0. */
const HASHED = 0xffffffff
const SEED = randomBytes(4).readUInt32LE()

const HEX = new Int8Array(256).fill(-1)
for (const [value, digit] of [...'0123456789abcdef'].entries()) {
  HEX[digit.charCodeAt(0)] = value
}

/**
 * A WatchID as four 32-bit numbers: exact for one of 24 hexadecimal digits or
 * of up to 12 bytes, 96 bits of its SHA-256 for any other.
 */
export function writeWatchKey(
  bytes: Uint8Array,
  start: number,
  end: number,
  key: Uint32Array,
): void {
  const length = end - start
  if (length === 24 && writeHex(bytes, start, key)) return
  if (length <= SHORT) {
    writeShort(bytes, start, end, key)
    return
  }
  const hash = createHash('sha256').update(bytes.subarray(start, end)).digest()
  for (let i = 0; i < KEY - 1; i++) key[i] = hash.readUInt32LE(4 * i)
  key[KEY - 1] = HASHED
}

/** Spreads keys evenly; seeded, so that no file is made to defeat it. */
export function hashKey(words: Uint32Array, at: number): number {
  let value = Math.imul((words[at] ?? 0) ^ SEED, 0x9e3779b1)
  value = Math.imul(value ^ (value >>> 16) ^ (words[at + 1] ?? 0), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 15) ^ (words[at + 2] ?? 0), 0xc2b2ae35)
  return (value ^ (value >>> 16) ^ (words[at + 3] ?? 0)) >>> 0
}

/** True for two keys that are the same. */
export function isSameKey(
  a: Uint32Array,
  atA: number,
  b: Uint32Array,
  atB: number,
): boolean {
  return (
    a[atA] === b[atB] &&
    a[atA + 1] === b[atB + 1] &&
    a[atA + 2] === b[atB + 2] &&
    a[atA + 3] === b[atB + 3]
  )
}

function writeShort(
  bytes: Uint8Array,
  start: number,
  end: number,
  key: Uint32Array,
): void {
  key.fill(0, 0, KEY - 1)
  for (let at = start; at < end; at++) {
    const word = (at - start) >> 2
    key[word] = ((key[word] ?? 0) << 8) | (bytes[at] ?? 0)
  }
  key[KEY - 1] = end - start
}

function writeHex(bytes: Uint8Array, start: number, key: Uint32Array): boolean {
  for (let word = 0; word < KEY - 1; word++) {
    let value = 0
    for (let i = 0; i < 8; i++) {
      const digit = HEX[bytes[start + 8 * word + i] ?? 0] ?? -1
      if (digit < 0) return false
      value = (value << 4) | digit
    }
    key[word] = value
  }
  key[KEY - 1] = 0
  return true
}
