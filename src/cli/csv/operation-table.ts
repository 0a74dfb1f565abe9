import { hashKey, isSameKey } from './watch-key.ts'

/** A row: key 0-3, rank 4, offset 5-6, length 7. */
export const ROW = 8

/** The same with the length of the newest row, and its offset 8-9. */
const ENTRY = 10
const FIRST_SLOTS = 1024

/** An operation as it is handed on: first row 0-1, newest row 2-3, its length 4. */
export const OPERATION = 5

/**
 * The operations among rows: memory goes with how many operations there are,
 * not with how many rows. It is filled again and again without a new array.
 */
export class OperationTable {
  #entries = new Uint32Array((ENTRY * FIRST_SLOTS) / 2)
  #slots = new Uint32Array(FIRST_SLOTS) // number of the entry, from 1
  readonly #operation = new Uint32Array(OPERATION)
  count = 0

  /** Takes rows in the order of the input. */
  add(rows: Uint32Array, used: number): void {
    for (let at = 0; at < used; at += ROW) this.#addRow(rows, at)
  }

  /** Hands over the operations in the order of their first rows; none are left. */
  drain(onOperation: (operation: Uint32Array) => void): void {
    const entries = this.#entries
    const operation = this.#operation
    for (let at = 0; at < this.count * ENTRY; at += ENTRY) {
      operation[0] = entries[at + 5] ?? 0
      operation[1] = entries[at + 6] ?? 0
      operation[2] = entries[at + 8] ?? 0
      operation[3] = entries[at + 9] ?? 0
      operation[4] = entries[at + 7] ?? 0
      onOperation(operation)
    }
    this.count = 0
    this.#slots.fill(0)
  }

  #addRow(rows: Uint32Array, at: number): void {
    const slot = this.#find(rows, at)
    const entries = this.#entries
    const isNew = this.#slots[slot] === 0
    if (isNew) this.#slots[slot] = this.count + 1
    const entry = ((this.#slots[slot] ?? 1) - 1) * ENTRY
    if (isNew) {
      for (let i = 0; i < ROW; i++) entries[entry + i] = rows[at + i] ?? 0
      this.count++
    }
    if ((rows[at + 4] ?? 0) < (entries[entry + 4] ?? 0)) return
    entries[entry + 4] = rows[at + 4] ?? 0
    entries[entry + 7] = rows[at + 7] ?? 0
    entries[entry + 8] = rows[at + 5] ?? 0
    entries[entry + 9] = rows[at + 6] ?? 0
    if (this.count * 2 >= this.#slots.length) this.#grow()
  }

  /** The slot of a key, or the empty one where it belongs. */
  #find(keys: Uint32Array, at: number): number {
    const slots = this.#slots
    // upper bits: the lower ones may be the same in the whole partition
    let slot = startSlot(keys, at, slots.length)
    for (;;) {
      const entry = ((slots[slot] ?? 0) - 1) * ENTRY
      if (entry < 0 || isSameKey(this.#entries, entry, keys, at)) return slot
      slot = (slot + 1) & (slots.length - 1)
    }
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2)
    const entries = new Uint32Array(this.#entries.length * 2)
    entries.set(this.#entries)
    this.#entries = entries
    for (let number = 0; number < this.count; number++) {
      this.#slots[this.#find(entries, number * ENTRY)] = number + 1
    }
  }
}

function startSlot(keys: Uint32Array, at: number, slots: number): number {
  return Math.imul(hashKey(keys, at), 0x27d4eb2f) >>> (Math.clz32(slots) + 1)
}
