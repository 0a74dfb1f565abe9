import { OPERATION, OperationTable, ROW } from './operation-table.ts'
import { BLOCK, ScratchFile } from './scratch-file.ts'
import { Spill } from './spill.ts'
import { hashKey, writeWatchKey } from './watch-key.ts'

const MAX_PARTITIONS = 1024
const TWO_32 = 2 ** 32

/** Where the newest row of an operation is. */
export type OnNewest = (offset: number, length: number) => void | Promise<void>

/**
 * Finds the newest row of every WatchID in memory that does not grow with the
 * input: 32 bytes per row are kept, divided by the WatchID into partitions that
 * go to a temporary file; each partition is solved on its own, and its answers
 * are divided again by where the operation was first seen, for the order.
 */
export class NewestRows {
  readonly #range: number
  readonly #scratch = new ScratchFile()
  readonly #rows: Spill[]
  readonly #entry = new Uint32Array(ROW)
  /** Operations, once {@link each} has counted them. */
  operations = 0

  /** `size` is that of all input together. */
  constructor(size: number) {
    const partitions = partitionCount(size)
    this.#range = Math.ceil((size + 1) / partitions)
    this.#rows = this.#spills(partitions, ROW)
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
    writeWatchKey(bytes, idStart, idEnd, entry)
    entry[4] = rank
    entry[5] = offset % TWO_32
    entry[6] = offset / TWO_32
    entry[7] = length
    this.#rows[hashKey(entry, 0) % this.#rows.length]?.push(entry)
  }

  /** Calls for each operation, in the order of their first rows. */
  async each(onNewest: OnNewest): Promise<void> {
    let words = new Uint32Array(0)
    for (const spill of this.#group()) {
      const used = spill.length
      if (words.length < used) words = new Uint32Array(Math.ceil(used * 1.25))
      spill.drainTo(words)
      for (const at of byFirstRow(words, used / OPERATION)) {
        const pending = onNewest(offsetAt(words, at + 2), words[at + 4] ?? 0)
        if (pending !== undefined) await pending
      }
    }
    this.#scratch.close()
  }

  /** The operations of all partitions, divided by where they were first seen. */
  #group(): Spill[] {
    const operations = this.#spills(this.#rows.length, OPERATION)
    const table = new OperationTable()
    const part = new Uint32Array(BLOCK)
    for (const rows of this.#rows) {
      rows.drain(part, (words, used) => table.add(words, used))
      this.operations += table.count
      table.drain(operation => {
        const place = Math.floor(offsetAt(operation, 0) / this.#range)
        operations[place]?.push(operation)
      })
    }
    return operations
  }

  #spills(count: number, entry: number): Spill[] {
    return Array.from({ length: count }, () => new Spill(this.#scratch, entry))
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

/** Places of the operations in order of their first rows. */
function* byFirstRow(words: Uint32Array, count: number): Generator<number> {
  const keys = new Float64Array(count)
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < count; i++) {
    least = Math.min(least, offsetAt(words, i * OPERATION))
  }
  for (let i = 0; i < count; i++) {
    // offset and index in one number: typed arrays sort those natively
    keys[i] = (offsetAt(words, i * OPERATION) - least) * count + i
  }
  keys.sort()
  for (const key of keys) yield (key % count) * OPERATION
}
