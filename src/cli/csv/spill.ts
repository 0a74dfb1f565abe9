import { closeSync, readSync } from 'node:fs'
import { writeAll } from '../write-all.ts'
import { temporaryFile } from './source.ts'

const WORDS = 4096

/** A list of 32-bit words that goes to a temporary file when it grows. */
export class Spill {
  #buffer = new Uint32Array(0)
  #used = 0
  #written = 0
  #descriptor: number | undefined

  /** Adds the words. */
  push(entry: Uint32Array): void {
    if (this.#used + entry.length > this.#buffer.length) this.#makeRoom()
    this.#buffer.set(entry, this.#used)
    this.#used += entry.length
  }

  /** Everything in the order it was added; the list is empty after it. */
  take(): Uint32Array {
    const all = new Uint32Array(this.#written + this.#used)
    if (this.#descriptor !== undefined) {
      readAll(
        this.#descriptor,
        new Uint8Array(all.buffer, 0, 4 * this.#written),
      )
    }
    all.set(this.#buffer.subarray(0, this.#used), this.#written)
    this.clear()
    return all
  }

  /** Gives back memory and file. */
  clear(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor)
    this.#descriptor = undefined
    this.#buffer = new Uint32Array(0)
    this.#used = 0
    this.#written = 0
  }

  #makeRoom(): void {
    if (this.#buffer.length < WORDS) {
      const bigger = new Uint32Array(this.#buffer.length === 0 ? 256 : WORDS)
      bigger.set(this.#buffer)
      this.#buffer = bigger
      return
    }
    this.#descriptor ??= temporaryFile()
    writeAll(
      this.#descriptor,
      new Uint8Array(this.#buffer.buffer, 0, 4 * this.#used),
    )
    this.#written += this.#used
    this.#used = 0
  }
}

function readAll(descriptor: number, bytes: Uint8Array): void {
  let done = 0
  while (done < bytes.length) {
    const count = readSync(descriptor, bytes, done, bytes.length - done, done)
    if (count === 0) throw new Error('A temporary file was cut')
    done += count
  }
}
