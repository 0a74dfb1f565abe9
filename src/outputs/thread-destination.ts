import { type Clock, systemClock } from '../clock.ts'
import type { Level } from '../record/level.ts'
import { Backoff } from './backoff.ts'
import type { Destination, Tally } from './destination.ts'
import type { BufferLimits, LineBuffer } from './line-buffer.ts'
import type { LineSource } from './line-source.ts'
import { EXIT_PATIENCE_MS, Patience } from './patience.ts'
import { countRecords, type ThreadLine, ThreadLines } from './thread-lines.ts'
import { ThreadLink, type ThreadProgram } from './thread-link.ts'
import type { Results } from './transport-protocol.ts'
import { WaitingLines } from './waiting-lines.ts'

/** What the thread may have at a time. */
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

/**
 * What takes lines in a thread of its own: whatever it does there, the
 * process neither waits for it nor dies of it, it is not watched, and at exit
 * it gets the moment it needs to finish.
 */
export class ThreadDestination implements Destination {
  readonly tally: Tally
  readonly #program: ThreadProgram
  readonly #window: number
  readonly #waiting: WaitingLines<ThreadLine>
  readonly #source: LineSource
  readonly #clock: Clock
  readonly #buffer: LineBuffer<ThreadLine>
  readonly #backoff = new Backoff()
  #link: ThreadLink | undefined
  readonly #inFlight = new ThreadLines()
  /** What a thread that ended never had. */
  #again: ThreadLine[] = []
  #turn: NodeJS.Immediate | undefined
  #timer: NodeJS.Timeout | undefined
  #patience: Patience | undefined
  #restarts = 0
  #isRetired = false
  #isClosed = false

  constructor(
    options: ThreadOptions,
    source: LineSource,
    clock: Clock = systemClock,
  ) {
    this.#program = options.program
    this.#source = source
    this.#clock = clock
    this.#window = options.window ?? WINDOW_LINES
    this.#waiting = new WaitingLines(options.buffer, source, clock)
    this.#buffer = this.#waiting.buffer
    this.tally = this.#waiting.tally
  }

  get pending(): number {
    const { length } = this.#buffer
    return length + countRecords(this.#again) + this.#inFlight.records
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

  retire(): void {
    this.#isRetired = true
    this.flush()
    this.#endIfDone()
  }

  get isBusy(): boolean {
    return this.#link !== undefined || this.#hasWork
  }

  /** The thread gets the moment it needs, as long as it goes on. */
  finish(milliseconds: number): boolean {
    if (this.#isClosed) return this.#finishEnd(milliseconds)
    this.#pump(true)
    const now = this.#clock.monotonic()
    if (this.#patience === undefined)
      this.#link?.send({ hurry: EXIT_PATIENCE_MS })
    this.#patience ??= new Patience(now, FIRST_NEWS_MS, STILL_MS)
    if (this.#isDone) this.#patience = undefined
    // where there can be no thread, nothing is to be waited for
    if (this.#patience === undefined || this.#link === undefined) return false
    if (this.#link.waitForNews(milliseconds)) {
      this.#patience.news(this.#clock.monotonic())
    }
    if (this.#link.hasEnded) this.#restarts++
    if (this.#link.hasEnded) this.#link.end()
    const isOver = this.#patience.isOver(this.#clock.monotonic())
    return !isOver && this.#restarts <= MAX_RESTARTS
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    clearImmediate(this.#turn)
    clearTimeout(this.#timer)
    this.#link?.receive()
    const lost = this.pending
    if (lost === 0) this.#link?.send({ end: true })
    else this.#link = void this.#link?.terminate()
    this.#waiting.lose(lost, 'The transport did not confirm it in time')
    this.#buffer.remove(this.#buffer.length)
    this.#again = []
    this.#inFlight.take()
  }

  /** It may have streams to end. */
  #finishEnd(milliseconds: number): boolean {
    if (this.#link === undefined || this.#link.hasEnded) return false
    this.#link.waitForNews(milliseconds)
    return true
  }

  /** Nothing is to be sent any more, as far as that is of use. */
  get #isDone(): boolean {
    if (this.#inFlight.length > 0) return false
    return !this.#hasWork || (this.pending === 0 && this.#waiting.isReportLost)
  }

  #endIfDone(): void {
    if (!this.#isRetired || this.#hasWork || this.#inFlight.length > 0) return
    this.#link?.send({ end: true })
  }

  #hasRoom(bytes: number): boolean {
    // in a long turn of the event loop news has to be asked for
    if (this.#buffer.isFullFor(bytes)) this.#link?.receive()
    return this.#waiting.makeRoom(bytes, why => this.#waiting.lose(1, why))
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
    const bytes = WINDOW_BYTES - this.#inFlight.bytes
    if (room > 0 && bytes > 0) {
      const isLast = isLastChance || this.#isRetired
      const isIdle = isLast && !this.#waiting.isReportLost
      const report = this.#waiting.dueReport(isIdle)
      if (report) items.push({ ...report, bytes: report.line.length })
      const next = this.#buffer.peek(bytes).slice(0, room)
      this.#buffer.remove(next.length)
      items.push(...next)
    }
    this.#send(items)
  }

  #send(items: readonly ThreadLine[]): void {
    if (items.length === 0) return
    this.#inFlight.push(items)
    try {
      this.#link ??= this.#begin()
      this.#link.send({ lines: items.map(({ line, level }) => [line, level]) })
    } catch (error) {
      this.#ended(error instanceof Error ? error.message : String(error))
    }
  }

  #begin(): ThreadLink {
    return new ThreadLink(this.#source.name, this.#program, {
      onResults: results => this.#settle(results),
      onTrouble: reason => this.#waiting.fail(reason),
      onPause: ms => this.#patience?.pause(this.#clock.monotonic(), ms),
      onLate: (count, reason) => this.#loseLate(count, reason),
      onEnd: reason => this.#ended(reason),
    })
  }

  #settle(results: Results): void {
    this.#inFlight.take(results.length).forEach(({ loss }, i) => {
      const error = results[i] ?? null
      if (error === null) this.#backoff.succeed()
      else this.#waiting.fail(error)
      if (loss !== undefined) this.#waiting.settleReport(loss, error === null)
      else if (error !== null) this.#waiting.lose(1, error)
      else this.tally.written++
    })
    this.#pump()
    this.#endIfDone()
  }

  /** Lines that were in the spool, and will never be elsewhere. */
  #loseLate(count: number, reason: string): void {
    this.#waiting.fail(reason)
    this.tally.written = Math.max(0, this.tally.written - count)
    this.#waiting.lose(count, reason)
    this.#pump()
  }

  /** The line it was at is lost; those it never had are sent once more. */
  #ended(reason: string): void {
    if (this.#isClosed) return
    this.#link = undefined
    const [first, ...others] = this.#inFlight.take()
    if (!first && this.#isRetired && !this.#hasWork) return // as it was told
    if (first?.loss !== undefined) this.#waiting.settleReport(first.loss, false)
    else if (first !== undefined) this.#waiting.lose(1, reason)
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
}
