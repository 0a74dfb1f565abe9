import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { isSystemError } from '../problem.ts'

const CHUNK = 1 << 16
/** A longer line without end is handed over in parts. */
const MAX_LINE = 1 << 24

/**
 * Reads the lines that come to a file, also when it is renamed and made anew
 * (rotation), cut, or not there yet. Call {@link poll} again and again.
 */
export class Follower {
  readonly #path: string
  readonly #onLine: (line: string) => void
  readonly #chunk = Buffer.allocUnsafe(CHUNK)
  #decoder = new StringDecoder('utf8')
  #descriptor: number | undefined
  #offset: number
  #rest = ''

  /** `descriptor` is an open file whose lines up to `offset` are known. */
  constructor(
    path: string,
    onLine: (line: string) => void,
    descriptor?: number,
    offset = 0,
  ) {
    this.#path = path
    this.#onLine = onLine
    this.#descriptor = descriptor
    this.#offset = offset
  }

  /** Reads what is new. */
  poll(): void {
    this.#descriptor ??= openIfThere(this.#path)
    if (this.#descriptor === undefined) return
    const { size, ino, dev } = fstatSync(this.#descriptor)
    if (size < this.#offset) this.#restart() // cut, as logrotate's copytruncate
    this.#drain(this.#descriptor)
    const now = statSync(this.#path, { throwIfNoEntry: false })
    if (now !== undefined && (now.ino !== ino || now.dev !== dev)) {
      this.#drain(this.#descriptor) // written before the rename, read after it
      closeSync(this.#descriptor)
      this.#descriptor = undefined
      this.#restart()
      this.poll()
    }
  }

  #restart(): void {
    if (this.#rest !== '') this.#onLine(this.#rest)
    this.#rest = ''
    this.#offset = 0
    this.#decoder = new StringDecoder('utf8')
  }

  #drain(descriptor: number): void {
    for (;;) {
      const count = readSync(descriptor, this.#chunk, 0, CHUNK, this.#offset)
      if (count === 0) return
      this.#offset += count
      this.#take(this.#decoder.write(this.#chunk.subarray(0, count)))
    }
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#onLine(line)
    if (this.#rest.length < MAX_LINE) return
    this.#onLine(this.#rest)
    this.#rest = ''
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r')
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined
    throw error
  }
}
