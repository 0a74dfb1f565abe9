import { writeSync } from 'node:fs'
import { type Clock, systemClock } from '../clock.ts'
import type { Level } from '../record/level.ts'
import { Backoff } from './backoff.ts'
import { colourLine } from './colour.ts'
import { cutLine } from './cut-line.ts'
import { type Destination, type Loss, Tally } from './destination.ts'
import { type BufferLimits, LineBuffer } from './line-buffer.ts'
import type { LineSource } from './line-source.ts'
import { Patience } from './patience.ts'
import { sleep } from './sleep.ts'
import {
  type OpenStream,
  openStream,
  type StandardStream,
} from './standard-stream.ts'

const STILL_MS = 200
const PAUSE_MS = 5

/** Options of the console handler. */
export interface ConsoleOptions {
  /** @default stderr */
  readonly stream: StandardStream
  /** @default auto: on a terminal that wants it */
  readonly color: 'auto' | 'always' | 'never'
  /**
   * On a pipe a longer line is cut with a mark: a write above 4096 bytes
   * (PIPE_BUF) can be torn by other writers. 0 never cuts. @default 4096
   */
  readonly maxLineBytes: number
  readonly buffer: BufferLimits
}

/** One line on its way, perhaps taken in part. */
interface Chunk {
  readonly bytes: Buffer
  readonly loss: Loss | undefined
  done: number
}

/**
 * The process's own stdout or stderr. Each line is written at once; what a
 * slow reader does not take waits, within bounds. A reader that went away
 * ends this handler and nothing else.
 */
export class ConsoleDestination implements Destination {
  readonly tally = new Tally()
  readonly #stream: OpenStream
  readonly #longest: number
  readonly #buffer: LineBuffer
  readonly #source: LineSource
  readonly #clock: Clock
  readonly #backoff = new Backoff()
  #chunk: Chunk | undefined
  #timer: NodeJS.Timeout | undefined
  #patience: Patience | undefined
  #ended: string | undefined

  constructor(
    options: ConsoleOptions,
    source: LineSource,
    clock: Clock = systemClock,
  ) {
    this.#stream = openStream(options.stream, options.color)
    const isCut = this.#stream.isPipe && options.maxLineBytes > 0
    this.#longest = isCut ? options.maxLineBytes : Number.POSITIVE_INFINITY
    this.#buffer = new LineBuffer(options.buffer)
    this.#source = source
    this.#clock = clock
  }

  write(line: string, level: Level): void {
    const text = this.#present(line, level)
    const bytes = Buffer.byteLength(text)
    const refused = this.#ended ?? this.#fullFor(bytes)
    if (refused !== undefined) {
      this.tally.lose(1, refused, this.#clock.wall())
      return
    }
    this.#buffer.push(text, bytes)
    if (this.#timer === undefined) this.flush()
  }

  get pending(): number {
    return this.#buffer.length
  }

  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    let isTaken = true
    while (isTaken && this.#hasWork) isTaken = this.#writeNext()
    if (this.#hasWork) this.#arm()
  }

  /** A slow reader gets a moment, as long as it goes on reading. */
  finish(milliseconds: number): boolean {
    const now = this.#clock.monotonic()
    const before = this.#buffer.bytes
    this.flush()
    if (!this.#hasWork) this.#patience = undefined
    else this.#patience ??= new Patience(now, STILL_MS, STILL_MS)
    if (this.#buffer.bytes < before) this.#patience?.news(now)
    if (this.#patience?.isOver(now) !== false) return false
    sleep(Math.min(milliseconds, PAUSE_MS))
    return true
  }

  close(): void {
    this.flush()
    clearTimeout(this.#timer)
    this.#end('The handler is closed')
  }

  #fullFor(bytes: number): string | undefined {
    return this.#buffer.isFullFor(bytes) ? 'The reader is slow' : undefined
  }

  get #hasWork(): boolean {
    if (this.#ended !== undefined) return false
    return this.#buffer.length > 0 || this.tally.unreported !== undefined
  }

  /** False when the reader takes no more for now, or is gone. */
  #writeNext(): boolean {
    if (this.#chunk === undefined) this.#chunk = this.#nextChunk()
    const { bytes, loss } = this.#chunk
    try {
      this.#chunk.done += writeSync(this.#stream.fd, bytes, this.#chunk.done)
    } catch (error) {
      return this.#failed(error)
    }
    this.#backoff.succeed()
    if (this.#chunk.done < bytes.length) return true
    this.#chunk = undefined
    if (loss !== undefined) this.tally.reported(loss)
    else this.#buffer.remove(1)
    if (loss === undefined) this.tally.written++
    return true
  }

  #nextChunk(): Chunk {
    const loss = this.tally.unreported
    const line =
      loss === undefined
        ? this.#buffer.first
        : this.#present(this.#source.dropLine(loss), 'warning')
    return { bytes: Buffer.from(`${line}\n`), done: 0, loss }
  }

  #present(line: string, level: Level): string {
    if (this.#stream.isColoured) return colourLine(line, level)
    return cutLine(line, this.#longest - 1)
  }

  #failed(error: unknown): false {
    const code = error instanceof Error && 'code' in error ? error.code : error
    if (code === 'EAGAIN') this.#backoff.fail(this.#clock.monotonic())
    else this.#end(String(code))
    return false
  }

  #end(reason: string): void {
    this.#ended ??= reason
    this.tally.lose(this.#buffer.length, reason, this.#clock.wall())
    this.#buffer.remove(this.#buffer.length)
  }

  #arm(): void {
    const wait = Math.min(this.#backoff.wait(this.#clock.monotonic()), 100)
    this.#timer = setTimeout(() => this.flush(), wait).unref()
  }
}
