import type { AuditRecord } from '../record/record.ts'
import { warnOnce } from '../warn.ts'
import type { Begun } from './begin-operation.ts'
import {
  makeFinal,
  makeNext,
  readError,
  seconds,
  stampEnd,
} from './end-record.ts'
import type { Observation } from './observation.ts'
import type { OpenOperation } from './open-operations.ts'
import type { Operation } from './operation.ts'
import { readTransaction } from './session-facts.ts'
import { emitFirst, type WatchContext } from './watch-context.ts'
import type { WatcherRules } from './watcher-settings.ts'

/** One running call that is answered once. */
export class OperationWatch implements Observation, OpenOperation {
  newer: OpenOperation | undefined = undefined
  older: OpenOperation | undefined = undefined
  isOpen = false
  readonly startedAt: number
  timeoutMS: number
  readonly record: AuditRecord
  readonly operation: Operation
  readonly session: unknown
  readonly client: unknown
  readonly awaitsFirst: boolean
  refusal: Error | undefined = undefined
  readonly #context: WatchContext
  readonly #rules: WatcherRules
  readonly #args: readonly unknown[]

  constructor(
    context: WatchContext,
    rules: WatcherRules,
    operation: Operation,
    begun: Begun,
    args: readonly unknown[],
    client: unknown,
    awaitsFirst: boolean,
  ) {
    this.startedAt = context.clock.monotonic()
    this.timeoutMS = rules.timeoutSec * 1000
    this.record = begun.record
    this.operation = operation
    this.session = begun.session
    this.client = client
    this.awaitsFirst = awaitsFirst
    this.#context = context
    this.#rules = rules
    this.#args = args
  }

  /** Hands the first iteration over; a handler may refuse the operation. */
  begin(): this {
    const refusal = emitFirst(this.#context, this.#rules, this.record)
    if (!this.operation.spec.isNeverRefused) this.refusal = refusal
    if (this.refusal !== undefined) {
      this.fail(this.refusal)
      return this
    }
    const { open, coverage } = this.#context
    open.add(this)
    if (this.runsLater !== undefined) coverage.longCalls.add(this)
    return this
  }

  succeed(result: unknown): void {
    try {
      this.record.Outcome = 'success'
      this.operation.readResult(this.record, result, this.#args)
      this.#end()
    } catch (error) {
      warnOnce('MONGOWATCH_WATCHER', error)
    }
  }

  fail(error: unknown): void {
    try {
      readError(this.record, error, this.#rules.limits)
      this.#end()
    } catch (problem) {
      warnOnce('MONGOWATCH_WATCHER', problem)
    }
  }

  get runsLater(): RegExp | undefined {
    return this.operation.spec.runsLater
  }

  timedOut(): void {
    this.#stamp()
    makeNext(this.record)
    this.#context.emit(this.record, 'timeout')
  }

  exit(): void {
    this.record.EndReason = 'exit'
    this.#end()
  }

  #end(): void {
    this.#context.open.remove(this)
    if (this.runsLater !== undefined) {
      this.#context.coverage.longCalls.delete(this)
    }
    this.#stamp()
    readTransaction(this.record, this.session)
    makeFinal(this.record)
    this.#context.emit(this.record, 'final')
    this.record._result = undefined
  }

  #stamp(): void {
    const elapsed = this.#context.clock.monotonic() - this.startedAt
    this.record.Duration = seconds(elapsed)
    stampEnd(this.record, elapsed)
  }
}
