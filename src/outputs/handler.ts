import { systemClock } from '../clock.ts'
import { MongowatchAuditError } from '../errors.ts'
import type { RecordFilter } from '../filters/filter.ts'
import type { RecordFormatter } from '../formatters/formatter.ts'
import { WatchQueue, type WatchQueueOptions } from '../queue/watch-queue.ts'
import { isLevel, type Level } from '../record/level.ts'
import { type AuditRecord, isFinal, type Phase } from '../record/record.ts'
import { warnOnce } from '../warn.ts'
import type { Destination } from './destination.ts'
import { GatheredRecords } from './gathered-records.ts'
import { HandlerCounts, type HandlerStats } from './handler-counts.ts'

/** The parts of one handler, each already configured. */
export interface HandlerParts {
  readonly name: string
  readonly level: Level
  readonly filters: readonly RecordFilter[]
  readonly formatter: RecordFormatter
  readonly destination: Destination
  /** `false`: every iteration whose level passes is written. */
  readonly queue: WatchQueueOptions | false
  /** The `first` iteration is written before the driver is called. */
  readonly isWriteAhead: boolean
  /** An operation whose record cannot be written must not be sent. */
  readonly isRefusing: boolean
  /** Of earlier handlers of this name. @default none */
  readonly counts?: HandlerCounts | undefined
}

/** Milliseconds between two looks at what filters hold (rates). */
const LOOK_MS = 1000

/**
 * Level → filters → queue → formatter → destination. The level is the
 * router's business. Handlers never see one another's changes: a filter that
 * changes a record returns a copy, and Seq is on the record only while it is
 * being formatted (a copy per record was measured at ten times the price).
 */
export class Handler {
  readonly name: string
  readonly level: Level
  readonly isWriteAhead: boolean
  readonly isRefusing: boolean
  readonly destination: Destination
  readonly #filters: readonly RecordFilter[]
  readonly #formatter: RecordFormatter
  readonly #queue: WatchQueue | undefined
  readonly #gathered: GatheredRecords | undefined
  readonly #timer: NodeJS.Timeout | undefined
  readonly #counts: HandlerCounts
  #isClosed = false

  constructor(parts: HandlerParts) {
    this.name = parts.name
    this.level = parts.level
    this.isWriteAhead = parts.isWriteAhead
    this.isRefusing = parts.isRefusing
    this.destination = parts.destination
    this.#counts = parts.counts ?? new HandlerCounts()
    this.#counts.add(parts.destination.tally)
    this.#filters = parts.filters
    this.#formatter = parts.formatter
    if (parts.queue !== false) {
      const release = (record: AuditRecord) => this.#release(record)
      const lose = (reason: string) => this.#lose(reason)
      this.#queue = new WatchQueue(parts.queue, release, lose)
    }
    const isPrompt = this.#filters.some(filter => filter.isPrompt)
    if (parts.destination.gathers && !isPrompt) {
      const pass = (record: AuditRecord) => this.#passSafely(record)
      const flush = () => this.destination.flushDue?.()
      this.#gathered = new GatheredRecords(pass, flush)
    }
    if (this.#filters.some(filter => filter.due !== undefined)) {
      this.#timer = setInterval(() => this.#passDue(), LOOK_MS).unref()
    }
  }

  /** Takes one iteration. */
  handle(record: AuditRecord, phase: Phase): void {
    if (this.#isClosed) return
    this.#counts.received++
    if (this.#gathered !== undefined) {
      // a watcher takes `_result` away again
      if (isFinal(record) && record._result === undefined) {
        this.#gathered.add(record)
        return
      }
      this.#gathered.release()
    }
    this.#take(record, phase)
  }

  #take(record: AuditRecord, phase: Phase): void {
    const filtered = this.#filter(record)
    if (this.#queue === undefined) {
      if (filtered !== false) this.#write(filtered)
      return
    }
    const isHeld = phase === 'first' || phase === 'update'
    if (isHeld && filtered !== false && !isFinal(filtered)) {
      this.#queue.hold(filtered)
      return
    }
    if (this.#queue.size > 0) this.#queue.forget(record.WatchID)
    if (filtered !== false) this.#write(filtered)
  }

  /** Writes the `first` iteration now, whatever the queue does. */
  writeAhead(record: AuditRecord): MongowatchAuditError | undefined {
    this.#counts.received++
    const filtered = this.#filter(record)
    if (filtered === false) return undefined
    this.#write(filtered)
    return this.#refusal()
  }

  /** Why this operation must not be sent. */
  refuse(record: AuditRecord): MongowatchAuditError | undefined {
    const refusal = this.#refusal()
    if (refusal === undefined) return undefined
    return this.#filter(record) === false ? undefined : refusal
  }

  /** A filter or the formatter failed: the iteration is lost. */
  fail(error: unknown): void {
    warnOnce('MONGOWATCH_HANDLER', error)
    const reason = error instanceof Error ? error.message : String(error)
    this.#lose(reason)
  }

  get stats(): HandlerStats {
    return this.#counts.stats
  }

  /** Lets held iterations go, and writes what can be written. */
  flush(): void {
    this.#gathered?.release()
    this.#queue?.releaseAll()
    this.destination.flush()
  }

  /** Flushes, and what the filters hold (rates) with it. */
  drain(): void {
    this.#gathered?.close()
    this.#queue?.releaseAll()
    this.#passHeld(filter => filter.flush?.())
    this.destination.flush()
  }

  /** Drains, lets go of the destination, and takes nothing more. */
  close(): void {
    this.#end()
    this.destination.close()
  }

  /** Takes nothing more; false when it has to be closed for that. */
  retire(): boolean {
    if (this.destination.retire === undefined) return false
    this.#end()
    this.destination.retire()
    return true
  }

  #end(): void {
    if (this.#isClosed) return
    clearInterval(this.#timer)
    this.drain()
    this.#isClosed = true
  }

  #passSafely(record: AuditRecord): void {
    try {
      this.#take(record, 'final')
    } catch (error) {
      this.fail(error)
    }
  }

  /** Called by a timer too: nothing may be thrown from here. */
  #release(record: AuditRecord): void {
    try {
      this.#write(record)
    } catch (error) {
      this.fail(error)
    }
  }

  #passDue(): void {
    try {
      this.#passHeld(filter => filter.due?.())
    } catch (error) {
      this.fail(error)
    }
  }

  /** What a filter held goes through the filters after it. */
  #passHeld(take: (filter: RecordFilter) => AuditRecord[] | undefined): void {
    this.#filters.forEach((filter, i) => {
      for (const record of take(filter) ?? []) this.#passOn(record, i + 1)
    })
  }

  #passOn(record: AuditRecord, from: number): void {
    const filtered = this.#filter(record, from)
    if (filtered !== false) this.#write(filtered)
  }

  #filter(record: AuditRecord, from = 0): AuditRecord | false {
    let current: AuditRecord | false = record
    for (let i = from; i < this.#filters.length && current !== false; i++) {
      current = this.#filters[i]?.apply(current) ?? current
    }
    return current
  }

  #write(record: AuditRecord): void {
    record.Seq = ++this.#counts.seq
    try {
      const line = this.#formatter.format(record)
      this.destination.write(line, levelOf(record))
    } finally {
      record.Seq = undefined
    }
  }

  #lose(reason: string): void {
    this.destination.tally.lose(1, reason, systemClock.wall())
  }

  #refusal(): MongowatchAuditError | undefined {
    if (!this.isRefusing) return undefined
    const problem = this.destination.problem?.()
    if (problem === undefined) return undefined
    return new MongowatchAuditError(
      `The operation was not sent: handler ${this.name} cannot write its record (${problem.message})`,
      { cause: problem },
    )
  }
}

function levelOf({ _level }: AuditRecord): Level {
  return isLevel(_level) ? _level : 'info'
}
