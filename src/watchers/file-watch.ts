import { type AuditRecord, type EndReason, isFinal } from '../record/record.ts'
import { makeFinal, makeNext, readError, stampEnd } from './end-record.ts'
import type { OpenOperation } from './open-operations.ts'
import { Owner } from './owner.ts'
import { peek } from './peek.ts'
import { addOptions } from './pick-options.ts'
import { Stopwatch } from './stopwatch.ts'
import type { WatchContext } from './watch-context.ts'
import type { WatcherRules } from './watcher-settings.ts'

/** One upload or download of GridFS, from its first command to its end. */
export class FileWatch implements OpenOperation {
  newer: OpenOperation | undefined = undefined
  older: OpenOperation | undefined = undefined
  isOpen = false
  readonly startedAt: number
  timeoutMS: number
  readonly record: AuditRecord
  readonly client: unknown
  /** The time that the driver was at work. */
  readonly stopwatch: Stopwatch
  /** Bytes of the file that were read so far, or written. */
  bytes = 0
  /** The application is aborting it: errors are a consequence of that. */
  isAborting = false
  readonly #context: WatchContext
  readonly #rules: WatcherRules
  #owner: Owner | undefined

  constructor(
    context: WatchContext,
    rules: WatcherRules,
    record: AuditRecord,
    client: unknown,
  ) {
    this.#context = context
    this.#rules = rules
    this.record = record
    this.client = client
    this.startedAt = context.clock.monotonic()
    this.timeoutMS = rules.timeoutSec * 1000
    this.stopwatch = new Stopwatch(context.clock)
  }

  /** Hands the first iteration over; a handler may refuse the operation. */
  begin(): Error | undefined {
    const refusal = this.#context.emit(this.record, 'first')
    if (refusal === undefined) this.#context.open.add(this)
    else this.fail(refusal)
    return refusal
  }

  /** The stream whose life is watched. */
  follow(stream: object): void {
    this.#owner ??= new Owner(stream, () => this.finish('abandoned'))
  }

  fail(error: unknown): void {
    if (isFinal(this.record)) return
    if (this.isAborting) {
      this.finish('closed')
      return
    }
    readError(this.record, error, this.#rules.limits)
    this.#end('error')
  }

  finish(reason: EndReason): void {
    if (!this.isOpen) return
    this.record.Outcome = reason === 'exit' ? 'unknown' : 'success'
    // an aborted download comes to its end, too
    this.#end(this.isAborting && reason !== 'exit' ? 'closed' : reason)
  }

  timedOut(): void {
    this.#stamp()
    makeNext(this.record)
    this.#context.emit(this.record, 'timeout')
  }

  exit(): void {
    this.finish('exit')
  }

  sweep(): void {
    this.#owner?.loosen()
  }

  clientClosed(): void {
    this.finish('closed')
  }

  #end(reason: EndReason): void {
    this.stopwatch.stop()
    this.#context.open.remove(this)
    this.record.EndReason = reason
    this.#stamp()
    this.#owner?.release()
    makeFinal(this.record)
    this.#context.emit(this.record, 'final')
  }

  #stamp(): void {
    // of an upload; what a download reads is counted as it comes
    const length = peek(this.#owner?.get(), 'length')
    if (typeof length === 'number') this.bytes = length
    this.record.Duration = this.stopwatch.read()
    addOptions(this.record, { bytes: this.bytes })
    stampEnd(this.record, this.#context.clock.monotonic() - this.startedAt)
  }
}
