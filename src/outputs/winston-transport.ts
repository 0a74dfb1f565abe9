import { type Clock, systemClock } from '../clock.ts'
import type { Level } from '../record/level.ts'
import { warnOnce } from '../warn.ts'
import { Backoff } from './backoff.ts'
import {
  ContainedTransport,
  type TransportSource,
} from './contained-transport.ts'
import { type Destination, type Loss, Tally } from './destination.ts'
import { type BufferLimits, LineBuffer } from './line-buffer.ts'
import type { LineSource } from './line-source.ts'

const PATIENCE_MS = 30_000
const DROP_EVERY_MS = 1_000

/** How a transport is made and fed. */
export interface WinstonOptions extends TransportSource {
  readonly buffer: BufferLimits
  /** A transport that has not called back by then is given up. @default 30 s */
  readonly patienceMs?: number
}

interface Item {
  readonly line: string
  readonly level: Level
  readonly loss?: Loss
}

/**
 * Any winston transport, contained. It gets one line at a time, the next when
 * it called back; whatever it does wrong, the line in question is counted as
 * lost, and after a pause the transport is made anew.
 */
export class WinstonDestination implements Destination {
  readonly tally = new Tally()
  readonly #options: WinstonOptions
  readonly #source: LineSource
  readonly #clock: Clock
  readonly #buffer: LineBuffer<Item>
  readonly #backoff = new Backoff()
  readonly #transport: ContainedTransport
  /** The line the transport has, until it calls back. */
  #inFlight: Item | undefined
  #timer: NodeJS.Timeout | undefined
  #since = 0
  #lastError: string | undefined
  #lastDrop = Number.NEGATIVE_INFINITY
  #isPumping = false
  #isClosed = false

  constructor(
    options: WinstonOptions,
    source: LineSource,
    clock: Clock = systemClock,
  ) {
    this.#options = options
    this.#source = source
    this.#clock = clock
    this.#buffer = new LineBuffer(options.buffer)
    this.#transport = new ContainedTransport(options, e => this.#fail(e))
  }

  get pending(): number {
    return this.#buffer.length + (this.#inFlight === undefined ? 0 : 1)
  }

  write(line: string, level: Level): void {
    const bytes = Buffer.byteLength(line)
    if (this.#isClosed) this.#lose(1, 'The handler is closed')
    else if (this.#hasRoom(bytes)) {
      this.#buffer.push({ line, level }, bytes)
      this.#pump()
    }
  }

  /** Only the transport knows when a line is where it should be. */
  flush(): void {
    this.#giveUp()
    this.#pump()
  }

  /** What the transport has not confirmed by now is counted as lost. */
  close(): void {
    if (this.#isClosed) return
    this.#pump(true)
    clearTimeout(this.#timer)
    this.#isClosed = true
    const isIdle = this.pending === 0
    this.#lose(this.pending, 'The transport did not confirm it in time')
    this.#buffer.remove(this.#buffer.length)
    this.#inFlight = undefined
    if (isIdle) this.#transport.release() // with lines in it, it may throw later
  }

  #hasRoom(bytes: number): boolean {
    if (!this.#buffer.isFullFor(bytes)) return true
    const reason = this.#lastError ?? 'The transport is slow'
    if (this.#options.buffer.onFull !== 'drop_old') {
      this.#lose(1, reason)
      return false
    }
    while (this.#buffer.isFullFor(bytes)) {
      this.#buffer.remove(1)
      this.#lose(1, reason)
    }
    return true
  }

  /** Hands lines over as long as the transport calls back at once. */
  #pump(isLastChance = false): void {
    if (this.#isPumping || this.#isClosed) return
    this.#isPumping = true
    while (this.#inFlight === undefined && this.#hasWork) {
      const now = this.#clock.monotonic()
      if (!isLastChance && this.#backoff.wait(now) > 0) break
      if (!this.#handOver(now) && isLastChance) break
    }
    this.#isPumping = false
    this.#arm()
  }

  get #hasWork(): boolean {
    return this.#buffer.length > 0 || this.tally.unreported !== undefined
  }

  /** False when the transport failed at once. */
  #handOver(now: number): boolean {
    const item = this.#nextItem(now)
    this.#inFlight = item
    this.#since = now
    const done = (error?: unknown) => {
      if (this.#inFlight !== item) return // too late, or twice
      this.#settle(item, error)
      this.#pump()
    }
    try {
      this.#transport.send(item.line, item.level, done)
    } catch (error) {
      this.#transport.release()
      done(error ?? 'The transport threw nothing')
    }
    return !this.#backoff.failing
  }

  /** A line, or now and then the report of a loss. */
  #nextItem(now: number): Item {
    const { first } = this.#buffer
    const loss = this.tally.unreported
    const isDue = now - this.#lastDrop > DROP_EVERY_MS
    if (loss !== undefined && (first === undefined || isDue)) {
      this.#lastDrop = now
      return { line: this.#source.dropLine(loss), level: 'warning', loss }
    }
    this.#buffer.remove(1)
    return first ?? { line: '', level: 'info' }
  }

  #settle(item: Item, error: unknown): void {
    this.#inFlight = undefined
    if (error !== undefined && error !== null) {
      this.#fail(error)
      if (item.loss === undefined) this.#lose(1, String(this.#lastError))
      return
    }
    this.#backoff.succeed()
    if (item.loss === undefined) this.tally.written++
    else this.tally.reported(item.loss)
  }

  #fail(error: unknown): void {
    this.#lastError = error instanceof Error ? error.message : String(error)
    this.#backoff.fail(this.#clock.monotonic())
    warnOnce(
      'MONGOWATCH_TRANSPORT',
      `Handler ${this.#source.name}: ${this.#lastError}. It goes on trying; what is lost is counted`,
    )
  }

  /** Wakes up after the back-off, or when patience is over. */
  #arm(): void {
    if (this.#timer !== undefined || this.#isClosed) return
    if (this.#inFlight === undefined && !this.#hasWork) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.flush()
    }, this.#wait).unref()
  }

  get #wait(): number {
    const now = this.#clock.monotonic()
    if (this.#inFlight === undefined) return this.#backoff.wait(now)
    return Math.max(0, this.#since + this.#patience - now)
  }

  get #patience(): number {
    return this.#options.patienceMs ?? PATIENCE_MS
  }

  /** A transport that does not call back is not asked again. */
  #giveUp(): void {
    const item = this.#inFlight
    if (item === undefined || this.#wait > 0) return
    const error = new Error('The transport does not call back')
    this.#transport.release()
    this.#settle(item, error)
  }

  #lose(count: number, reason: string): void {
    this.tally.lose(count, reason, this.#clock.wall())
  }
}
