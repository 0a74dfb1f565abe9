import { warnOnce } from '../warn.ts'
import { beginOperation } from './begin-operation.ts'
import type { ClassSpec } from './driver-classes.ts'
import type { DriverCopy } from './driver-copy.ts'
import { isInner } from './inner-objects.ts'
import { isNested } from './nesting.ts'
import {
  type Enter,
  type Observation,
  SILENT,
  SILENT_AWAITING,
} from './observation.ts'
import type { OpenOperations } from './open-operations.ts'
import { Operation } from './operation.ts'
import type { OperationSpec, OperationTable } from './operation-spec.ts'
import { OperationWatch } from './operation-watch.ts'
import type { Patches } from './patches.ts'
import { peek } from './peek.ts'
import { isConnected } from './target.ts'
import type { WatchContext } from './watch-context.ts'
import {
  type FactoryObservation,
  type Method,
  wrapFactory,
  wrapMethod,
} from './wrap-method.ts'

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
    const { factories = {}, prepare } = this.#spec
    return this.#patch(patches, prototype, factories, operation => {
      const observation = this.#observeFactory(operation)
      return original =>
        wrapFactory(original, target => {
          prepare?.(target)
          return observation
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

  #observeFactory(operation: Operation): FactoryObservation {
    const enter = this.#enter(operation)
    const { made } = operation.spec
    return {
      refusal: undefined,
      made(target, _args, result) {
        try {
          made?.(target, result)
        } catch (error) {
          warnOnce('MONGOWATCH_WATCHER', error)
        }
      },
      fail(target, args, error) {
        enter(target, args)?.fail(error)
      },
    }
  }

  #enter(operation: Operation): Enter {
    const context = this.#context
    const { prepare } = this.#spec
    return (target, args) => {
      try {
        prepare?.(target)
        if (!context.enabled || isNested() || isInner(target)) return undefined
        const observation = this.#begin(operation, target, args)
        return operation.spec.endsClient
          ? endClient(observation, context.open, target)
          : observation
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
  ): Observation {
    const context = this.#context
    const spec = this.#spec
    const rules = context.rules[spec.watcher]
    const { awaitsFirst: when } = operation.spec
    if (!rules.enabled && when === undefined) return SILENT
    const client = spec.clientOf(target)
    const awaitsFirst =
      when === 'always' || (when === 'unconnected' && !isConnected(client))
    const begun = beginOperation(
      context,
      this.#driver,
      spec,
      operation,
      target,
      args,
    )
    if (begun === undefined) return awaitsFirst ? SILENT_AWAITING : SILENT
    return new OperationWatch(
      context,
      rules,
      operation,
      begun,
      args,
      client,
      awaitsFirst,
    ).begin()
  }
}

/** Observes the end of a client, and ends what is open on it. */
function endClient(
  observation: Observation,
  open: OpenOperations,
  client: object,
): Observation {
  // when it is closed it has none any more
  const clients = [client, peek(client, 'topology') ?? client]
  return {
    refusal: observation.refusal,
    awaitsFirst: observation.awaitsFirst,
    succeed(result) {
      observation.succeed(result)
      open.clientClosed(clients)
    },
    fail(error) {
      observation.fail(error)
    },
  }
}
