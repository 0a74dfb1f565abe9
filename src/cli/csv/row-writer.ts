import { type Output, write } from '../io.ts'
import type { Dialect } from './dialect.ts'

const BATCH = 1 << 18
const LINE_FEED = 10

/** Takes finished bytes. */
export type Sink = (bytes: Uint8Array) => Promise<void> | undefined

type Convert = (bytes: Uint8Array) => Uint8Array

/** Collects rows and hands them over in batches. */
export class RowWriter {
  readonly #sink: Sink
  readonly #convert: Convert
  readonly #batch = Buffer.allocUnsafe(BATCH)
  #used = 0

  constructor(sink: Sink, convert: Convert = bytes => bytes) {
    this.#sink = sink
    this.#convert = convert
  }

  /** Adds a row; `lineEnd` is for one that has none. */
  write(row: Uint8Array, lineEnd: string): Promise<void> | undefined {
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
    const bytes = this.#convert(this.#batch.subarray(0, this.#used))
    this.#used = 0
    return this.#sink(bytes)
  }

  async #large(row: Uint8Array, end: string): Promise<void> {
    const whole = Buffer.concat([row, Buffer.from(end)])
    await this.#flush()
    await this.#sink(this.#convert(whole))
  }
}

/** Writes to a stream and waits when its reader is slower. */
export function streamSink(stream: Output): Sink {
  // the batch is filled again, so the stream needs bytes of its own
  return bytes => write(stream, Buffer.from(bytes))
}

/**
 * Writes rows anew in a dialect. Bytes become characters one by one (latin1),
 * so text that is not UTF-8 survives.
 */
export async function loadConverter(dialect: Dialect): Promise<Convert> {
  const { default: csv } = await import('papaparse')
  const { delimiter, lineEnd, quoteAll } = dialect
  return bytes => {
    const text = Buffer.from(bytes).toString('latin1')
    const { data } = csv.parse<string[]>(text, {
      delimiter,
      skipEmptyLines: true,
    })
    if (data.length === 0) return Buffer.alloc(0)
    const options = { delimiter, newline: lineEnd, quotes: quoteAll }
    return Buffer.from(csv.unparse(data, options) + lineEnd, 'latin1')
  }
}
