import type { Clock } from '../clock.ts'
import { warnOnce } from '../warn.ts'
import { attempt } from './attempt.ts'

/** An operation that has begun and not ended. */
export interface OpenOperation {
  /** Neighbours in the list of {@link OpenOperations}; nobody else's. */
  newer: OpenOperation | undefined
  older: OpenOperation | undefined
  isOpen: boolean
  /** `Clock.monotonic` when it began. */
  readonly startedAt: number
  /** After how long it is written as it stands; set to infinity by that. */
  timeoutMS: number
  /** It is open for longer than its timeout; called once. */
  timedOut(): void
  /** The process ends. */
  exit(): void
  /** The `MongoClient` that it runs on (4.0: its topology). */
  readonly client: unknown
  /** The application closed that client. */
  clientClosed?(): void
  /** Called about twice a second while it is open. */
  sweep?(): void
}

const SWEEP_MS = 500

/**
 * Everything that is open in this thread, oldest first: a linked list, so
 * that beginning and ending cost a few assignments, and one timer that runs
 * only while something is open and never keeps the process alive.
 */
export class OpenOperations {
  readonly #clock: Clock
  #newest: OpenOperation | undefined
  #timer: NodeJS.Timeout | undefined
  /** How many are open. */
  size = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  add(operation: OpenOperation): void {
    operation.isOpen = true
    operation.older = this.#newest
    if (this.#newest !== undefined) this.#newest.newer = operation
    this.#newest = operation
    this.size++
    if (this.#timer === undefined) this.#arm()
  }

  remove(operation: OpenOperation): void {
    if (!operation.isOpen) return
    operation.isOpen = false
    const { newer, older } = operation
    if (newer === undefined) this.#newest = older
    else newer.older = older
    if (older !== undefined) older.newer = newer
    operation.newer = undefined
    operation.older = undefined
    this.size--
  }

  /** Those open now, newest first. */
  *[Symbol.iterator](): Generator<OpenOperation> {
    let operation = this.#newest
    while (operation !== undefined) {
      const { older } = operation
      yield operation
      operation = older
    }
  }

  /** Ends those of a client that was closed (4.0: of its topology). */
  clientClosed(clients: readonly unknown[]): void {
    for (const operation of this) {
      if (!clients.includes(operation.client)) continue
      attempt(() => operation.clientClosed?.())
    }
  }

  /** Ends all of them because the process ends, oldest first. */
  exit(): void {
    for (const operation of [...this].reverse()) {
      try {
        operation.exit()
      } catch (error) {
        warnOnce('MONGOWATCH_WATCHER', error)
      }
      this.remove(operation)
    }
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #arm(): void {
    this.#timer = setTimeout(() => this.#sweep(), SWEEP_MS)
    this.#timer.unref()
  }

  #sweep(): void {
    const now = this.#clock.monotonic()
    for (const operation of this) {
      try {
        operation.sweep?.()
        if (
          operation.isOpen &&
          now - operation.startedAt >= operation.timeoutMS
        )
          expire(operation)
      } catch (error) {
        warnOnce('MONGOWATCH_WATCHER', error)
      }
    }
    if (this.size > 0) this.#arm()
    else this.#timer = undefined
  }
}

function expire(operation: OpenOperation): void {
  operation.timeoutMS = Number.POSITIVE_INFINITY
  operation.timedOut()
}
