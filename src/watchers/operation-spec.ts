import type { SnapshotLimits } from '../record/limits.ts'
import type { AuditRecord } from '../record/record.ts'

/** Sets fields of a record from what a method returned. */
export type ResultReader = (
  record: AuditRecord,
  result: unknown,
  /** The options argument of the call, if it had one. */
  options: unknown,
) => void

/** Sets fields of a record from the object whose method was called. */
export type ReceiverReader = (
  record: AuditRecord,
  target: object,
  limits: SnapshotLimits,
) => void

/** Sees what a method returned at once: a cursor, a stream, a builder. */
export type MadeReader = (target: object, made: unknown) => void

/**
 * What there is to know about one method of the driver. Adding an operation is
 * adding a line to a table of these.
 */
export interface OperationSpec {
  /**
   * Names of the arguments in their order; `ARGUMENTS` says which field each
   * goes to. A callback (4.x) is not listed.
   */
  readonly args: readonly string[]
  /** For methods that say little without their object (`cursor.count()`). */
  readonly receiver?: ReceiverReader
  readonly result?: ResultReader
  /** For methods that return an object at once. */
  readonly made?: MadeReader
  /** The argument that names the collection, for methods of others. */
  readonly collection?: number
  /** Arguments that may be functions without being the callback. */
  readonly required?: number
  /**
   * Calls other public methods after an `await` (see `nesting.ts`), always or
   * only on a client that is not connected yet.
   */
  readonly awaitsFirst?: 'always' | 'unconnected'
  /**
   * Names of the driver's operations that it may run also after an `await`,
   * where nothing but these and the namespace tells that they are its own.
   */
  readonly runsLater?: RegExp
  /**
   * Its arguments and result hold secrets: rules of the configuration, which
   * could take them to a field, do not apply.
   */
  readonly secret?: boolean
  /**
   * It only ends something: a handler with `on_failure: refuse` that cannot
   * write does not keep the application from that.
   */
  readonly isNeverRefused?: boolean
  /** Closes the client, and what is open on it. */
  readonly endsClient?: boolean
}

/** A class's methods. */
export type OperationTable = Readonly<Record<string, OperationSpec>>
