import { CommandError } from '../problem.ts'
import type { Source } from './source.ts'

const WINDOW = 1 << 18

/**
 * Reads rows of a file again by their place. Rows that come in about the order
 * of the file, as they do, cost one read per window; a far one costs a read of
 * its own. All files share it, and it keeps its buffers: they would be garbage
 * by the gigabyte otherwise.
 */
export class WindowReader {
  readonly #window = Buffer.allocUnsafe(WINDOW)
  #row = Buffer.allocUnsafe(WINDOW)
  #source: Source | undefined
  #begin = 0
  #end = 0
  /** Place of the last far row: a second one near it moves the window. */
  #far = 0

  /** The bytes at a place; they are valid until the next call. */
  read(source: Source, offset: number, length: number): Uint8Array {
    if (source !== this.#source) this.#turnTo(source)
    if (offset < this.#begin || offset + length > this.#end) {
      if (length > WINDOW || this.#isFar(offset)) {
        this.#far = offset
        return this.#readFar(source, offset, length)
      }
      this.#fill(source, offset)
    }
    const at = offset - this.#begin
    return this.#window.subarray(at, at + length)
  }

  #turnTo(source: Source): void {
    this.#source = source
    this.#begin = 0
    this.#end = 0
    this.#far = 0
  }

  #readFar(source: Source, offset: number, length: number): Uint8Array {
    if (this.#row.length < length) {
      this.#row = Buffer.allocUnsafe(Math.ceil(length * 1.25))
    }
    return readAt(source, this.#row.subarray(0, length), offset)
  }

  #isFar(offset: number): boolean {
    const ahead = offset >= this.#end && near(offset, this.#end)
    return !ahead && !(offset > this.#far && near(offset, this.#far))
  }

  #fill(source: Source, offset: number): void {
    const size = Math.min(WINDOW, source.size - offset)
    readAt(source, this.#window.subarray(0, size), offset)
    this.#begin = offset
    this.#end = offset + size
  }
}

function near(offset: number, other: number): boolean {
  return Math.abs(offset - other) < WINDOW
}

function readAt(source: Source, bytes: Buffer, offset: number): Buffer {
  let done = 0
  while (done < bytes.length) {
    const left = bytes.length - done
    const count = source.read(bytes, done, left, offset + done)
    if (count === 0) {
      throw new CommandError(`${source.name}: it was cut while it was read`)
    }
    done += count
  }
  return bytes
}
