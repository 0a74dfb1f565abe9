import { type Output, write } from '../io.ts'
import type { RowConverter } from './row-converter.ts'

const BATCH = 1 << 18
const LINE_FEED = 10

/** Takes finished bytes; it may be given the same memory again. */
export type Sink = (bytes: Uint8Array) => Promise<void> | undefined

/** Collects rows and hands them over in batches. */
export class RowWriter {
  readonly #sink: Sink
  readonly #converter: RowConverter | undefined
  readonly #batch = Buffer.allocUnsafe(BATCH)
  #used = 0

  constructor(sink: Sink, converter?: RowConverter) {
    this.#sink = sink
    this.#converter = converter
  }

  /** Adds a row; `lineEnd` is for one that has none. */
  write(source: Uint8Array, lineEnd: string): Promise<void> | undefined {
    const row = this.#converter?.convert(source) ?? source
    const end = row.at(-1) === LINE_FEED ? '' : lineEnd
    const size = row.length + end.length
    if (size > BATCH) return this.#large(row, end)
    const pending = this.#used + size > BATCH ? this.#flush() : undefined
    this.#batch.set(row, this.#used)
    this.#batch.write(end, this.#used + row.length, 'latin1')
    this.#used += size
    return pending
  }

  /** Hands over what is left. */
  async end(): Promise<void> {
    await this.#flush()
  }

  #flush(): Promise<void> | undefined {
    const bytes = this.#batch.subarray(0, this.#used)
    this.#used = 0
    return this.#sink(bytes)
  }

  async #large(row: Uint8Array, end: string): Promise<void> {
    await this.#flush()
    for (let at = 0; at < row.length; at += BATCH) {
      await this.#sink(row.subarray(at, at + BATCH))
    }
    this.#used = this.#batch.write(end, 'latin1')
  }
}

/** Writes to a stream and waits when its reader is slower. */
export function streamSink(stream: Output): Sink {
  // the batch is filled again, so the stream needs bytes of its own
  return bytes => write(stream, Buffer.from(bytes))
}
