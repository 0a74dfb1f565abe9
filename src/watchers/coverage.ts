import type { AuditRecord } from '../record/record.ts'
import { isKnownBatch } from './known-batches.ts'
import { peek } from './peek.ts'

/** Commands of the driver's own housekeeping: nobody's operation. */
const HOUSEKEEPING = new Set(['KillCursorsOperation', 'EndSessionsOperation'])

/** A watched call that sends commands also after it returned its promise. */
export interface LongCall {
  readonly record: Pick<AuditRecord, 'DB' | 'Collection'>
  /** The `MongoClient` it was called on. */
  readonly client: unknown
  /** Names of the driver's operations that it may run then. */
  readonly runsLater: RegExp | undefined
}

/** How many kinds of unrecorded operations are remembered by name. */
const MAX_NAMES = 50

/**
 * Proves that nothing escapes: the driver sends every operation through one
 * function, and here each of them is put to a watched call or is counted as
 * missed. (`$stop` says both numbers.)
 */
export class Coverage {
  /** Operations that the driver ran, its housekeeping left out. */
  seen = 0
  /** Those that belong to an observed call of the application. */
  recorded = 0
  /** Name of the driver's operation class to how many nobody recorded. */
  readonly missed = new Map<string, number>()

  /** Open calls that may send more commands after an `await`. */
  readonly longCalls = new Set<LongCall>()

  /** Counts what the driver runs; `isNested` when a watched call made it. */
  count(client: unknown, operation: object, isNested: boolean): void {
    const name = operation.constructor.name
    if (HOUSEKEEPING.has(name)) return
    this.seen++
    const isRecorded =
      isNested ||
      isKnownBatch(operation) ||
      this.#hasLongCall(client, operation, name)
    if (isRecorded) this.recorded++
    else if (this.missed.has(name) || this.missed.size < MAX_NAMES) {
      this.missed.set(name, (this.missed.get(name) ?? 0) + 1)
    }
  }

  /** For `$stop`. */
  facts(): Record<string, unknown> {
    const { seen, recorded, missed } = this
    if (missed.size === 0) return { seen, recorded }
    return { seen, recorded, missed: Object.fromEntries(missed) }
  }

  /** A later command of a call that went on after an `await`. */
  #hasLongCall(client: unknown, operation: object, name: string): boolean {
    if (this.longCalls.size === 0) return false
    const namespace = peek(operation, 'ns')
    const db = peek(namespace, 'db')
    const collection = peek(namespace, 'collection')
    for (const call of this.longCalls) {
      if (call.runsLater?.test(name) !== true) continue
      // 4.0 hands the client's topology over instead of the client
      if (call.client !== client && peek(call.client, 'topology') !== client) {
        continue
      }
      const { DB, Collection } = call.record
      if (DB === undefined) return true
      if (DB === db && (!Collection || Collection === collection)) return true
    }
    return false
  }
}
