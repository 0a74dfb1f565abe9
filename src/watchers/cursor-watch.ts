import { type AuditRecord, type EndReason, isFinal } from '../record/record.ts'
import type { CursorAnswer } from './cursor-answer.ts'
import {
  makeFinal,
  makeNext,
  readError,
  seconds,
  stampEnd,
} from './end-record.ts'
import type { OpenOperation } from './open-operations.ts'
import { Owner } from './owner.ts'
import { peek } from './peek.ts'
import { readTransaction } from './session-facts.ts'
import { emitFirst, type WatchContext } from './watch-context.ts'
import type { WatcherRules } from './watcher-settings.ts'

/** What a cursor's record begins with. */
export interface CursorFacts {
  readonly record: AuditRecord
  /** The application's object: a cursor, or a change stream. */
  readonly owner: object
  readonly session: unknown
  readonly client: unknown
  /** The cursor that the owner reads from now. @default the owner itself */
  readonly cursorOf?: (owner: object) => unknown
}

/** How a cursor is closed; the reason is an AbortSignal's. */
export interface Closing {
  readonly reason?: unknown
}

/**
 * One cursor from its first command to its end. It is over for the application
 * when the last document was handed over, which the driver does not tell: the
 * watch looks at the buffer whenever somebody does something with the cursor,
 * after the turn in which the last batch came, and with every sweep.
 */
export class CursorWatch implements OpenOperation {
  newer: OpenOperation | undefined = undefined
  older: OpenOperation | undefined = undefined
  isOpen = false
  readonly startedAt: number
  timeoutMS: number
  readonly record: AuditRecord
  readonly client: unknown
  /** The server has no more: only buffered documents are left. */
  isDrained = false
  readonly #context: WatchContext
  readonly #rules: WatcherRules
  readonly #session: unknown
  readonly #owner: Owner
  readonly #cursorOf: CursorFacts['cursorOf']
  /** A command failed, and the driver may make good for it. */
  #interruption: { readonly error: unknown } | undefined
  #batchStartedAt = 0
  #isFetching = false
  /** The application closed it while a command was under way. */
  #closing: Closing | undefined

  constructor(context: WatchContext, rules: WatcherRules, facts: CursorFacts) {
    const { record, owner, session, client, cursorOf } = facts
    this.#context = context
    this.#rules = rules
    this.record = record
    this.client = client
    this.#owner = new Owner(owner, () => this.finish('abandoned'))
    this.#cursorOf = cursorOf
    this.#session = session
    this.startedAt = context.clock.monotonic()
    this.timeoutMS = rules.timeoutSec * 1000
    record.Duration = 0
    record.Batches = 0
    record.MatchedCount = 0
  }

  /** Hands the first iteration over; a handler may refuse the operation. */
  begin(): Error | undefined {
    const refusal = emitFirst(this.#context, this.#rules, this.record)
    if (refusal === undefined) this.#context.open.add(this)
    else this.fail(refusal)
    return refusal
  }

  /** A command for a batch is about to be sent. */
  fetch(): void {
    this.#isFetching = true
    this.#batchStartedAt = this.#context.clock.monotonic()
  }

  /** A batch came; `wasSent` is false for an end that the driver made up. */
  answered(answer: CursorAnswer, wasSent: boolean): void {
    if (!this.isOpen) return
    const { record } = this
    this.#addDuration(wasSent)
    record.MatchedCount = (record.MatchedCount ?? 0) + answer.count
    // the transaction may be over when the cursor is
    if (record.Batches === 1) readTransaction(record, this.#session)
    this.isDrained = answer.isLast
    this.#interruption = undefined
    if (answer.isLast && answer.count === 0) {
      this.finish('exhausted')
    } else if (this.#closing !== undefined) {
      this.close(this.#closing)
    } else if (answer.count > 0 && (record.Batches ?? 0) > 1) {
      this.#update()
    }
  }

  /** A command failed, but the driver may go on with another cursor. */
  interrupt(error: unknown): void {
    if (!this.isOpen) return
    this.#addDuration(true)
    this.#interruption = { error }
  }

  /** It came to an end after an error that the driver did not make good. */
  get isInterrupted(): boolean {
    return this.#interruption !== undefined
  }

  /** A command failed. */
  fail(error: unknown): void {
    if (isFinal(this.record)) return
    if (this.#isFetching) this.#addDuration(true)
    this.#countReturned()
    readError(this.record, error, this.#rules.limits)
    this.#end('error')
  }

  /** The application closes the cursor, or aborts it. */
  close(closing: Closing = {}): void {
    this.finishIfConsumed()
    if (!this.isOpen) return
    if (this.#isFetching) this.#closing = closing
    else if ('reason' in closing) this.fail(closing.reason)
    else this.finish('closed')
  }

  /** The application leaves its loop; an open cursor is closed by the driver. */
  leave(): void {
    if (this.isDrained) this.close()
  }

  /** The end, if it has come: everything that was fetched was handed over. */
  finishIfConsumed(): void {
    if (this.isOpen && this.isDrained && this.#buffered() === 0) {
      this.finish('exhausted')
    }
  }

  /** The application goes no further. */
  finish(reason: EndReason): void {
    if (!this.isOpen) return
    if (this.#interruption !== undefined && reason !== 'exit') {
      this.fail(this.#interruption.error)
      return
    }
    const buffered = this.#countReturned()
    const isAll = this.isDrained && buffered === 0
    this.record.Outcome = reason === 'exit' && !isAll ? 'unknown' : 'success'
    this.#end(isAll ? 'exhausted' : reason)
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
    this.finishIfConsumed()
    if (this.isOpen) this.#owner.loosen()
  }

  clientClosed(): void {
    this.finish('closed')
  }

  #update(): void {
    if (!this.#rules.emitOnNewRetrieves) return
    makeNext(this.record)
    this.#context.emit(this.record, 'update')
  }

  #end(reason: EndReason): void {
    this.#context.open.remove(this)
    this.isOpen = false
    this.record.EndReason = reason
    this.#stamp()
    readTransaction(this.record, this.#session)
    makeFinal(this.record)
    this.#context.emit(this.record, 'final')
    this.#owner.release()
  }

  /** Gives how many documents were fetched and not handed over. */
  #countReturned(): number | undefined {
    const buffered = this.#buffered()
    if (buffered !== undefined) {
      this.record.ReturnedCount = (this.record.MatchedCount ?? 0) - buffered
    }
    return buffered
  }

  #addDuration(wasSent: boolean): void {
    const elapsed = this.#context.clock.monotonic() - this.#batchStartedAt
    this.#isFetching = false
    if (!wasSent) return
    this.record.Duration = seconds((this.record.Duration ?? 0) * 1000 + elapsed)
    this.record.Batches = (this.record.Batches ?? 0) + 1
    this.#stamp()
  }

  #stamp(): void {
    stampEnd(this.record, this.#context.clock.monotonic() - this.startedAt)
  }

  /** Documents that were fetched and not handed over yet. */
  #buffered(): number | undefined {
    const owner = this.#owner.get()
    const cursor = owner && this.#cursorOf ? this.#cursorOf(owner) : owner
    const method = peek(cursor, 'bufferedCount')
    if (typeof method !== 'function') return undefined
    const count: unknown = method.call(cursor)
    return typeof count === 'number' ? count : undefined
  }
}
