import { type Clock, systemClock } from '../clock.ts'
import type { Level } from '../record/level.ts'
import { Backoff } from './backoff.ts'
import type { Destination, Loss, Tally } from './destination.ts'
import type { BufferLimits, LineBuffer } from './line-buffer.ts'
import type { LineSource } from './line-source.ts'
import { ThreadLink, type ThreadProgram } from './thread-link.ts'
import type { Results } from './transport-protocol.ts'
import { WaitingLines } from './waiting-lines.ts'

/** Lines and bytes that the thread may have at a time. */
const WINDOW_LINES = 1_000
const WINDOW_BYTES = 4 * 1024 * 1024
/** At exit the thread may take so long as it goes on confirming lines. */
const STILL_MS = 1_000
/** It has to be started, and the transport connected, before the first. */
const FIRST_NEWS_MS = 3_000
const MAX_RESTARTS = 3

/** What runs in the thread, and how many lines may wait for it. */
export interface ThreadOptions {
  readonly program: ThreadProgram
  readonly buffer: BufferLimits
  /** Lines that the thread may have at a time. @default 1_000 */
  readonly window?: number
}

interface Item {
  readonly line: string
  readonly level: Level
  readonly bytes: number
  readonly loss?: Loss
}

/**
 * What takes lines in a thread of its own: whatever it does there, the
 * process neither waits for it nor dies of it, it is not watched, and at exit
 * it gets the moment it needs to finish.
 */
export class ThreadDestination implements Destination {
  readonly tally: Tally
  readonly #options: ThreadOptions
  readonly #waiting: WaitingLines<Item>
  readonly #source: LineSource
  readonly #clock: Clock
  readonly #buffer: LineBuffer<Item>
  readonly #backoff = new Backoff()
  #link: ThreadLink | undefined
  #inFlight: Item[] = []
  #inFlightBytes = 0
  /** What a thread that ended never had. */
  #again: Item[] = []
  #turn: NodeJS.Immediate | undefined
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(
    options: ThreadOptions,
    source: LineSource,
    clock: Clock = systemClock,
  ) {
    this.#options = options
    this.#source = source
    this.#clock = clock
    this.#waiting = new WaitingLines(options.buffer, source, clock)
    this.#buffer = this.#waiting.buffer
    this.tally = this.#waiting.tally
  }

  get pending(): number {
    return this.#buffer.length + this.#again.length + this.#inFlight.length
  }

  write(line: string, level: Level): void {
    const bytes = Buffer.byteLength(line)
    if (this.#isClosed) this.#waiting.lose(1, 'The handler is closed')
    else if (this.#hasRoom(bytes)) {
      this.#buffer.push({ line, level, bytes }, bytes)
      // what is written in one turn of the event loop goes in one message
      this.#turn ??= setImmediate(() => this.flush()).unref()
      if (this.#buffer.length === this.#window) this.flush()
    }
  }

  flush(): void {
    clearImmediate(this.#turn)
    this.#turn = undefined
    this.#pump()
  }

  /** The thread gets the moment it needs, as long as it goes on. */
  close(patienceMs: number): void {
    if (this.#isClosed) return
    this.flush()
    if (patienceMs > 0) this.#wait(patienceMs)
    else this.#send(this.#buffer.peek(Number.POSITIVE_INFINITY))
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#link?.send({ end: true })
    if (patienceMs === 0) return // it finishes while the process goes on
    const hasAll = this.pending === 0
    const reports = [...this.#again, ...this.#inFlight].filter(
      ({ loss }) => loss !== undefined,
    )
    const lost = this.pending - reports.length
    this.#waiting.lose(lost, 'The transport did not confirm it in time')
    if (hasAll) this.#link?.waitForEnd(STILL_MS)
  }

  #wait(patienceMs: number): void {
    const start = this.#clock.monotonic()
    let last = start
    let longest = FIRST_NEWS_MS
    let restarts = 0
    this.#link?.send({ hurry: true })
    while (this.#hasWork || this.#inFlight.length > 0) {
      this.#pump(true)
      const isNews = this.#link?.waitForNews(50)
      if (this.#link?.hasEnded) {
        this.#link.end()
        restarts++
      }
      const now = this.#clock.monotonic()
      if (isNews === undefined || restarts > MAX_RESTARTS) return
      if (now - start > patienceMs) return
      if (isNews) last = now
      if (isNews) longest = STILL_MS
      if (now - last > longest) return
    }
  }

  #hasRoom(bytes: number): boolean {
    // in a long turn of the event loop news has to be asked for
    if (this.#buffer.isFullFor(bytes)) this.#link?.receive()
    return this.#waiting.makeRoom(bytes, reason =>
      this.#waiting.lose(1, reason),
    )
  }

  get #hasWork(): boolean {
    if (this.#again.length > 0 || this.#buffer.length > 0) return true
    return this.tally.unreported !== undefined
  }

  /** Sends as much as the thread may have at a time. */
  #pump(isLastChance = false): void {
    if (this.#isClosed || !this.#hasWork) return
    const now = this.#clock.monotonic()
    if (!isLastChance && this.#backoff.wait(now) > 0) {
      this.#arm()
      return
    }
    const items = this.#again.splice(0)
    const room = this.#window - this.#inFlight.length - items.length
    const bytes = WINDOW_BYTES - this.#inFlightBytes
    if (room > 0 && bytes > 0) {
      const report = this.#waiting.dueReport(false)
      if (report) items.push({ ...report, bytes: report.line.length })
      const next = this.#buffer.peek(bytes).slice(0, room)
      this.#buffer.remove(next.length)
      items.push(...next)
    }
    this.#send(items)
  }

  #send(items: readonly Item[]): void {
    if (items.length === 0) return
    this.#inFlight.push(...items)
    for (const { bytes } of items) this.#inFlightBytes += bytes
    try {
      this.#link ??= this.#begin()
      this.#link.send({ lines: items.map(({ line, level }) => [line, level]) })
    } catch (error) {
      this.#ended(error instanceof Error ? error.message : String(error))
    }
  }

  #begin(): ThreadLink {
    return new ThreadLink(this.#source.name, this.#options.program, {
      onResults: results => this.#settle(results),
      onTrouble: reason => this.#waiting.fail(reason),
      onLate: (count, reason) => this.#loseLate(count, reason),
      onEnd: reason => this.#ended(reason),
    })
  }

  #settle(results: Results): void {
    const items = this.#inFlight.splice(0, results.length)
    items.forEach(({ bytes, loss }, i) => {
      const error = results[i] ?? null
      this.#inFlightBytes -= bytes
      if (error !== null) {
        this.#waiting.fail(error)
        if (loss === undefined) this.#waiting.lose(1, error)
        return
      }
      this.#backoff.succeed()
      if (loss === undefined) this.tally.written++
      else this.tally.reported(loss)
    })
    this.#pump()
  }

  /** Lines that were in the spool, and will never be elsewhere. */
  #loseLate(count: number, reason: string): void {
    this.#waiting.fail(reason)
    this.tally.written = Math.max(0, this.tally.written - count)
    this.#waiting.lose(count, reason)
  }

  /** The line it was at is lost; those it never had are sent once more. */
  #ended(reason: string): void {
    if (this.#isClosed) return
    this.#link = undefined
    const [first, ...others] = this.#inFlight.splice(0)
    this.#inFlightBytes = 0
    if (first !== undefined && first.loss === undefined)
      this.#waiting.lose(1, reason)
    this.#again = others
    this.#waiting.fail(reason)
    this.#backoff.fail(this.#clock.monotonic())
    this.#arm()
  }

  #arm(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#pump()
    }, this.#backoff.wait(this.#clock.monotonic())).unref()
  }

  get #window(): number {
    return this.#options.window ?? WINDOW_LINES
  }
}
