import { closeSync, readSync } from 'node:fs'
import { temporaryFile, writeTemporary } from './source.ts'

/** 32-bit words of a block. */
export const BLOCK = 4096

const BYTES = 4 * BLOCK

/** Blocks of words in one temporary file; a block that was read is used again. */
export class ScratchFile {
  #descriptor: number | undefined
  #size = 0
  readonly #free: number[] = []

  /** Writes up to a block of words and answers where they are. */
  write(words: Uint32Array, used: number): number {
    this.#descriptor ??= temporaryFile()
    const block = this.#free.pop() ?? this.#size++
    const bytes = new Uint8Array(words.buffer, words.byteOffset, 4 * used)
    writeTemporary(this.#descriptor, bytes, BYTES * block)
    return block
  }

  /** Reads `used` words of a block to a place in `words`, and frees the block. */
  take(block: number, words: Uint32Array, at: number, used: number): void {
    const descriptor = this.#descriptor ?? -1
    const begin = words.byteOffset + 4 * at
    const bytes = new Uint8Array(words.buffer, begin, 4 * used)
    let done = 0
    while (done < bytes.length) {
      const left = bytes.length - done
      const place = BYTES * block + done
      const count = readSync(descriptor, bytes, done, left, place)
      if (count === 0) throw new Error('A temporary file was cut')
      done += count
    }
    this.#free.push(block)
  }

  /** Gives the file back. */
  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor)
    this.#descriptor = undefined
  }
}
