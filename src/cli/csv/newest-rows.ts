import { writeWatchKey } from './cells.ts'
import { Spill } from './spill.ts'

const MAX_PARTITIONS = 1024
const TWO_32 = 2 ** 32

/** A row of the index: key 0-2, rank 3, offset 4-5, length 6. */
const ENTRY = 7
/** An operation: offset of its first row 0-1, of its newest 2-3, length 4. */
const OPERATION = 5

/** Where the newest row of an operation is. */
export type OnNewest = (offset: number, length: number) => void | Promise<void>

/**
 * Finds the newest row of every WatchID in memory that does not grow with the
 * input: 28 bytes per row are kept, divided by the WatchID into partitions that
 * go to temporary files; each partition is solved on its own, and its answers
 * are divided again by where the operation was first seen, for the order.
 */
export class NewestRows {
  readonly #range: number
  readonly #rows: Spill[]
  readonly #entry = new Uint32Array(ENTRY)
  /** Operations, once {@link each} has counted them. */
  operations = 0

  /** `size` is that of all input together. */
  constructor(size: number) {
    const partitions = partitionCount(size)
    this.#range = Math.ceil((size + 1) / partitions)
    this.#rows = Array.from({ length: partitions }, () => new Spill())
  }

  /** Takes a row; its WatchID is `bytes` from `idStart` to `idEnd`. */
  add(
    bytes: Uint8Array,
    idStart: number,
    idEnd: number,
    rank: number,
    offset: number,
    length: number,
  ): void {
    const entry = this.#entry
    writeWatchKey(bytes, idStart, idEnd, entry, 0)
    entry[3] = rank
    entry[4] = offset % TWO_32
    entry[5] = offset / TWO_32
    entry[6] = length
    this.#rows[hash(entry, 0) % this.#rows.length]?.push(entry)
  }

  /** Calls for each operation, in the order of their first rows. */
  async each(onNewest: OnNewest): Promise<void> {
    const operations = this.#rows.map(() => new Spill())
    for (const rows of this.#rows) {
      this.operations += groupRows(rows.take(), this.#range, operations)
    }
    for (const spill of operations) {
      const found = spill.take()
      for (const at of byFirstRow(found)) {
        const pending = onNewest(offsetAt(found, at + 2), found[at + 4] ?? 0)
        if (pending !== undefined) await pending
      }
    }
  }
}

/** Grows with the root: 250 of 8 MB for 2 GB, 1000 of 32 MB for 32 GB. */
function partitionCount(size: number): number {
  const count = Math.ceil(16 * Math.sqrt(size / 2 ** 23))
  return Math.min(Math.max(count, 1), MAX_PARTITIONS)
}

function offsetAt(words: Uint32Array, at: number): number {
  return (words[at] ?? 0) + (words[at + 1] ?? 0) * TWO_32
}

function hash(words: Uint32Array, at: number): number {
  let value = Math.imul(words[at] ?? 0, 0x9e3779b1)
  value = Math.imul(value ^ (words[at + 1] ?? 0), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 15) ^ (words[at + 2] ?? 0), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}

/** Finds the operations of one partition and how many they are. */
function groupRows(
  rows: Uint32Array,
  range: number,
  operations: readonly Spill[],
): number {
  const newest = new Uint32Array(rows.length / ENTRY)
  const firsts = findFirsts(rows, newest)
  const operation = new Uint32Array(OPERATION)
  for (const first of firsts) {
    const best = newest[first / ENTRY] ?? first
    operation.set(rows.subarray(first + 4, first + 6), 0)
    operation.set(rows.subarray(best + 4, best + 7), 2)
    operations[Math.floor(offsetAt(rows, first + 4) / range)]?.push(operation)
  }
  return firsts.length
}

/** The first row of each key; `newest` gets the best row of each first. */
function findFirsts(rows: Uint32Array, newest: Uint32Array): number[] {
  const firsts: number[] = []
  const bits = Math.ceil(Math.log2(newest.length * 2 + 2))
  const slots = 2 ** bits
  const table = new Uint32Array(slots) // index of the first row, plus one
  for (let at = 0; at < rows.length; at += ENTRY) {
    // upper bits: the lower ones may be the same in the whole partition
    let slot = Math.imul(hash(rows, at), 0x27d4eb2f) >>> (32 - bits)
    while (table[slot] !== 0 && !sameKey(rows, (table[slot] ?? 1) - 1, at)) {
      slot = (slot + 1) & (slots - 1)
    }
    if (table[slot] === 0) {
      table[slot] = at + 1
      newest[at / ENTRY] = at
      firsts.push(at)
    } else {
      const first = (table[slot] ?? 1) - 1
      const best = newest[first / ENTRY] ?? first
      if ((rows[at + 3] ?? 0) >= (rows[best + 3] ?? 0)) {
        newest[first / ENTRY] = at
      }
    }
  }
  return firsts
}

function sameKey(rows: Uint32Array, a: number, b: number): boolean {
  return (
    rows[a] === rows[b] &&
    rows[a + 1] === rows[b + 1] &&
    rows[a + 2] === rows[b + 2]
  )
}

/** Places of the operations in order of their first rows. */
function* byFirstRow(operations: Uint32Array): Generator<number> {
  const count = operations.length / OPERATION
  const keys = new Float64Array(count)
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < count; i++) {
    least = Math.min(least, offsetAt(operations, i * OPERATION))
  }
  for (let i = 0; i < count; i++) {
    // offset and index in one number: typed arrays sort those natively
    keys[i] = (offsetAt(operations, i * OPERATION) - least) * count + i
  }
  keys.sort()
  for (const key of keys) yield (key % count) * OPERATION
}
