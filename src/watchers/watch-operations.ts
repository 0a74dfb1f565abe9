import type { AuditRecord } from '../record/record.ts'
import { warnOnce } from '../warn.ts'
import type { ClassSpec } from './driver-classes.ts'
import type { DriverCopy } from './driver-copy.ts'
import { isNested } from './nesting.ts'
import { type Enter, SILENT, SILENT_AWAITING } from './observation.ts'
import { Operation } from './operation.ts'
import type { OperationSpec, OperationTable } from './operation-spec.ts'
import { OperationWatch } from './operation-watch.ts'
import type { Patches } from './patches.ts'
import { peek } from './peek.ts'
import { readSession } from './session-facts.ts'
import { isConnected } from './target.ts'
import { beginRecord, type WatchContext } from './watch-context.ts'
import { type Method, wrapFactory, wrapMethod } from './wrap-method.ts'

/**
 * Observes the methods of one class of the driver that are answered once, by a
 * promise, a callback or a thrown error.
 */
export class WatchOperations {
  readonly #context: WatchContext
  readonly #driver: DriverCopy
  readonly #spec: ClassSpec
  readonly #operations: Operation[] = []

  constructor(context: WatchContext, driver: DriverCopy, spec: ClassSpec) {
    this.#context = context
    this.#driver = driver
    this.#spec = spec
  }

  /** Wraps the methods that the class has; gives their names. */
  patch(patches: Patches, prototype: object): string[] {
    const { operations } = this.#spec
    return this.#patch(patches, prototype, operations, operation => {
      const enter = this.#enter(operation)
      return original => wrapMethod(original, enter, operation.spec)
    })
  }

  /**
   * Wraps methods that return a cursor or builder at once: only an error of
   * the call itself is an operation.
   */
  patchFactories(patches: Patches, prototype: object): string[] {
    const table = this.#spec.factories ?? {}
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
    const rules = this.#context.rules[this.#spec.watcher]
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
    const rules = this.#context.rules[this.#spec.watcher]
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
    const { watcher, target: read, clientOf, sessionOf } = this.#spec
    const rules = context.rules[watcher]
    const client = clientOf(target)
    const { awaitsFirst: when } = operation.spec
    const awaitsFirst =
      when === 'always' || (when === 'unconnected' && !isConnected(client))
    if (!rules.enabled) return awaitsFirst ? SILENT_AWAITING : SILENT
    const record = beginRecord(
      context,
      `mongowatch.${watcher}`,
      operation.name,
      this.#driver.version,
    )
    read(record, target)
    nameCollection(record, operation, args)
    if (rules.excludes?.(record)) return awaitsFirst ? SILENT_AWAITING : SILENT
    operation.spec.receiver?.(record, target, rules.limits)
    operation.readArguments(record, args)
    const session =
      peek(operation.options(args), 'session') ?? sessionOf?.(target)
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
