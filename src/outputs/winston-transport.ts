import { type Clock, systemClock } from '../clock.ts'
import type { Level } from '../record/level.ts'
import { Backoff } from './backoff.ts'
import { ContainedTransport } from './contained-transport.ts'
import type { Destination, Loss, Tally } from './destination.ts'
import type { BufferLimits, LineBuffer } from './line-buffer.ts'
import type { LineSource } from './line-source.ts'
import type { CreateTransport } from './transport-class.ts'
import { WaitingLines } from './waiting-lines.ts'

const MAX_ATTEMPTS = 10
const PATIENCE_MS = 30_000

/** How a transport is made and fed. */
export interface WinstonOptions {
  readonly create: CreateTransport
  readonly buffer: BufferLimits
  /** A transport that has not called back by then is given up. @default 30 s */
  readonly patienceMs?: number
  /** Called once for each line, in their order. */
  readonly onSettled?: (error: string | undefined) => void
}

interface Item {
  readonly line: string
  readonly level: Level
  readonly loss?: Loss
  attempts: number
}

/**
 * Any winston transport, contained. It gets one line at a time, the next when
 * it called back. When it throws or fails, the line waits and is tried again,
 * ten times at most: then it is counted as lost.
 */
export class WinstonDestination implements Destination {
  readonly tally: Tally
  readonly #options: WinstonOptions
  readonly #waiting: WaitingLines<Item>
  readonly #clock: Clock
  readonly #buffer: LineBuffer<Item>
  readonly #backoff = new Backoff()
  readonly #transport: ContainedTransport
  /** The line the transport has, until it calls back. */
  #inFlight: Item | undefined
  /** A line that is tried again. */
  #failed: Item | undefined
  #timer: NodeJS.Timeout | undefined
  #since = 0
  #isPumping = false
  #isClosed = false

  constructor(
    options: WinstonOptions,
    source: LineSource,
    clock: Clock = systemClock,
  ) {
    this.#options = options
    this.#clock = clock
    this.#waiting = new WaitingLines(options.buffer, source, clock)
    this.#buffer = this.#waiting.buffer
    this.tally = this.#waiting.tally
    this.#transport = new ContainedTransport(options.create, error =>
      this.#fail(error),
    )
  }

  get pending(): number {
    const own = [this.#inFlight, this.#failed].filter(item => isLine(item))
    return this.#buffer.length + own.length
  }

  write(line: string, level: Level): void {
    const bytes = Buffer.byteLength(line)
    if (this.#isClosed) this.#lose(1, 'The handler is closed')
    else if (this.#waiting.makeRoom(bytes, why => this.#lose(1, why))) {
      this.#buffer.push({ line, level, attempts: 0 }, bytes)
      this.#pump()
    }
  }

  /** Only the transport knows when a line is where it should be. */
  flush(): void {
    this.#checkPatience()
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
    this.#failed = undefined
    if (isIdle) this.#transport.release() // with lines in it, it may throw later
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
    if (this.#failed !== undefined || this.#buffer.length > 0) return true
    return this.tally.unreported !== undefined
  }

  /** False when the transport failed at once. */
  #handOver(now: number): boolean {
    const item = this.#nextItem()
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

  /** The line that failed, the next, or now and then the report of a loss. */
  #nextItem(): Item {
    if (this.#failed !== undefined) return this.#failed
    const { first } = this.#buffer
    const report = this.#waiting.dueReport(first === undefined)
    if (report !== undefined) return { ...report, attempts: 0 }
    this.#buffer.remove(1)
    return first ?? { line: '', level: 'info', attempts: 0 }
  }

  #settle(item: Item, error: unknown, canRetry = true): void {
    this.#inFlight = undefined
    this.#failed = undefined
    item.attempts++
    if (error === undefined || error === null) this.#succeeded(item)
    else {
      this.#fail(error)
      if (canRetry && item.attempts < MAX_ATTEMPTS) this.#failed = item
      else this.#giveUp(item)
    }
  }

  #succeeded({ loss }: Item): void {
    this.#backoff.succeed()
    if (loss === undefined) {
      this.tally.written++
      this.#options.onSettled?.(undefined)
    } else this.#waiting.settleReport(loss, true)
  }

  #giveUp({ loss }: Item): void {
    if (loss === undefined) this.#lose(1)
    else this.#waiting.settleReport(loss, false)
  }

  #fail(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error)
    const [summary] = text.split('\n')
    this.#backoff.fail(this.#clock.monotonic())
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#waiting.fail(summary ?? text)
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

  /** A transport that does not call back may have the line: no second try. */
  #checkPatience(): void {
    const item = this.#inFlight
    if (item === undefined || this.#wait > 0) return
    this.#transport.release()
    this.#settle(item, new Error('The transport does not call back'), false)
  }

  /** Who is told of each line reports those that are lost. */
  #lose(count: number, reason?: string): void {
    const known = this.#waiting.lose(count, reason)
    const { onSettled } = this.#options
    const loss = this.tally.unreported
    if (onSettled === undefined || loss === undefined) return
    this.tally.reported(loss)
    for (let i = 0; i < count; i++) onSettled(known)
  }
}

function isLine(item: Item | undefined): boolean {
  return item !== undefined && item.loss === undefined
}
