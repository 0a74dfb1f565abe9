import type { AuditRecord } from '../record/record.ts'
import { warnOnce } from '../warn.ts'
import type { DriverCopy } from './driver-copy.ts'
import { isNested } from './nesting.ts'
import { type Enter, SILENT, SILENT_AWAITING } from './observation.ts'
import { Operation } from './operation.ts'
import type { OperationSpec, OperationTable } from './operation-spec.ts'
import { OperationWatch } from './operation-watch.ts'
import type { Patches } from './patches.ts'
import { peek } from './peek.ts'
import { readSession } from './session-facts.ts'
import { clientOf, isConnected, type TargetReader } from './target.ts'
import { beginRecord, type WatchContext } from './watch-context.ts'
import type { WatcherName } from './watcher-settings.ts'
import { type Method, wrapFactory, wrapMethod } from './wrap-method.ts'

/**
 * Observes the methods of one class of the driver that are answered once, by a
 * promise, a callback or a thrown error.
 */
export class WatchOperations {
  readonly #context: WatchContext
  readonly #name: WatcherName
  readonly #driver: DriverCopy
  readonly #readTarget: TargetReader
  readonly #operations: Operation[] = []

  constructor(
    context: WatchContext,
    name: WatcherName,
    driver: DriverCopy,
    readTarget: TargetReader,
  ) {
    this.#context = context
    this.#name = name
    this.#driver = driver
    this.#readTarget = readTarget
  }

  /** Wraps the methods of a table that the class has; gives their names. */
  patch(patches: Patches, prototype: object, table: OperationTable): string[] {
    return this.#patch(patches, prototype, table, operation => {
      const enter = this.#enter(operation)
      return original => wrapMethod(original, enter, operation.spec)
    })
  }

  /**
   * Wraps methods that return a cursor or builder at once: only an error of
   * the call itself is an operation.
   */
  patchFactories(
    patches: Patches,
    prototype: object,
    table: OperationTable,
  ): string[] {
    return this.#patch(patches, prototype, table, operation => {
      const enter = this.#enter(operation)
      return original =>
        wrapFactory(original, (target, args, error) => {
          enter(target, args)?.fail(error)
        })
    })
  }

  /** Takes new rules over. */
  configure(): void {
    const rules = this.#context.rules[this.#name]
    for (const operation of this.#operations) operation.configure(rules)
  }

  #patch(
    patches: Patches,
    prototype: object,
    table: OperationTable,
    wrapperOf: (operation: Operation) => (original: Method) => Method,
  ): string[] {
    const patched: string[] = []
    for (const [name, spec] of Object.entries(table)) {
      if (!Object.hasOwn(prototype, name)) continue
      const wrap = wrapperOf(this.#operation(name, spec))
      if (patches.replace(prototype, name, wrap)) patched.push(name)
    }
    return patched
  }

  #operation(name: string, spec: OperationSpec): Operation {
    const rules = this.#context.rules[this.#name]
    const operation = new Operation(name, spec, rules)
    this.#operations.push(operation)
    return operation
  }

  #enter(operation: Operation): Enter {
    const context = this.#context
    return (target, args) => {
      if (!context.enabled || isNested()) return undefined
      try {
        return this.#begin(operation, target, args)
      } catch (error) {
        warnOnce('MONGOWATCH_WATCHER', error)
        return undefined
      }
    }
  }

  #begin(
    operation: Operation,
    target: object,
    args: readonly unknown[],
  ): OperationWatch | typeof SILENT | undefined {
    const context = this.#context
    const rules = context.rules[this.#name]
    const client = this.#name === 'client' ? target : clientOf(target)
    const awaitsFirst =
      operation.spec.awaitsFirst === true && !isConnected(client)
    if (!rules.enabled) return awaitsFirst ? SILENT_AWAITING : SILENT
    const record = beginRecord(
      context,
      `mongowatch.${this.#name}`,
      operation.name,
      this.#driver.version,
    )
    this.#readTarget(record, target)
    nameCollection(record, operation, args)
    if (rules.excludes?.(record)) return awaitsFirst ? SILENT_AWAITING : SILENT
    operation.readArguments(record, args)
    const session =
      this.#name === 'session'
        ? target
        : peek(operation.options(args), 'session')
    if (session !== undefined) readSession(record, session)
    return new OperationWatch(
      context,
      rules,
      operation,
      record,
      args,
      session,
      client,
      awaitsFirst,
    ).begin()
  }
}

/** For methods of a database whose argument names the collection. */
function nameCollection(
  record: AuditRecord,
  operation: Operation,
  args: readonly unknown[],
): void {
  const { collection } = operation.spec
  if (collection === undefined) return
  const name = args[collection]
  if (typeof name === 'string') record.Collection = name
}
