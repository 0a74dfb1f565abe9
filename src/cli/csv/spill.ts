import { BLOCK, type ScratchFile } from './scratch-file.ts'

const FIRST = 256

/** Gets words that were pushed; the array is filled anew for the next call. */
export type OnWords = (words: Uint32Array, used: number) => void

/** A list of entries of one length that goes to a scratch file when it grows. */
export class Spill {
  readonly #scratch: ScratchFile
  readonly #entry: number
  #buffer = new Uint32Array(0)
  #used = 0
  #blocks: number[] = []

  /** `entry` is how many words are pushed at a time. */
  constructor(scratch: ScratchFile, entry: number) {
    this.#scratch = scratch
    this.#entry = entry
  }

  /** Words in the list. */
  get length(): number {
    return this.#blocks.length * this.#blockWords + this.#used
  }

  /** Adds an entry. */
  push(entry: Uint32Array): void {
    if (this.#used + this.#entry > this.#buffer.length) this.#makeRoom()
    const buffer = this.#buffer
    let at = this.#used
    // measured: faster than set() for so few
    for (let i = 0; i < this.#entry; i++) buffer[at++] = entry[i] ?? 0
    this.#used = at
  }

  /** Hands over the entries in parts, in their order, and forgets them. */
  drain(part: Uint32Array, onWords: OnWords): void {
    for (const block of this.#blocks) {
      this.#scratch.take(block, part, 0, this.#blockWords)
      onWords(part, this.#blockWords)
    }
    onWords(this.#buffer, this.#used)
    this.#clear()
  }

  /** Writes all entries, in their order, to `words`, and forgets them. */
  drainTo(words: Uint32Array): void {
    let at = 0
    for (const block of this.#blocks) {
      this.#scratch.take(block, words, at, this.#blockWords)
      at += this.#blockWords
    }
    words.set(this.#buffer.subarray(0, this.#used), at)
    this.#clear()
  }

  get #blockWords(): number {
    return BLOCK - (BLOCK % this.#entry)
  }

  #clear(): void {
    this.#buffer = new Uint32Array(0)
    this.#used = 0
    this.#blocks = []
  }

  #makeRoom(): void {
    if (this.#buffer.length < BLOCK) {
      const size = this.#buffer.length === 0 ? FIRST : BLOCK
      const bigger = new Uint32Array(size)
      bigger.set(this.#buffer)
      this.#buffer = bigger
      return
    }
    this.#blocks.push(this.#scratch.write(this.#buffer, this.#used))
    this.#used = 0
  }
}
