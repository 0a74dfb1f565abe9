import { warnOnce } from '../warn.ts'
import { readAnswer } from './cursor-answer.ts'
import { CURSORS, cursorFilter, cursorOptions } from './cursor-spec.ts'
import { CursorWatch } from './cursor-watch.ts'
import type { DriverCopy } from './driver-copy.ts'
import { isInner } from './inner-objects.ts'
import { isNested } from './nesting.ts'
import { type Enter, type Observation, SILENT } from './observation.ts'
import type { Patches } from './patches.ts'
import { peek } from './peek.ts'
import { readSession } from './session-facts.ts'
import { cursorTarget } from './target.ts'
import { beginRecord, type WatchContext } from './watch-context.ts'
import { wrapMethod } from './wrap-method.ts'

const LOGGER = 'mongowatch.cursor'

/**
 * Observes cursors by their batches: one hook for the first command, one for
 * every further one, and those calls of the application that can end it.
 * Nothing of ours runs per document.
 */
export class WatchCursor {
  readonly #context: WatchContext
  readonly #driver: DriverCopy
  readonly #watches = new WeakMap<object, CursorWatch>()
  /** Waiting for the end of this turn, see `#lookAfterThisTurn`. */
  #drained: CursorWatch[] = []

  constructor(context: WatchContext, driver: DriverCopy) {
    this.#context = context
    this.#driver = driver
  }

  /** A class that has a first command of its own; gives what was patched. */
  patchLeaf(patches: Patches, prototype: object): string[] {
    const patched = patches.replace(prototype, '_initialize', original =>
      wrapMethod(original, this.#guard(this.#first)),
    )
    const more = this.#patchGetMore(patches, prototype)
    return patched ? ['_initialize', ...more] : more
  }

  /** `AbstractCursor`. */
  patchAbstract(patches: Patches, prototype: object): string[] {
    const patched = this.#patchGetMore(patches, prototype)
    const drives = { nests: false }
    const table = [
      // its events may reach the application while it runs
      ['close', this.#close, drives],
      ['rewind', this.#rewind, {}],
      ['toArray', this.#consume, drives],
      ['forEach', this.#consume, drives],
    ] as const
    for (const [name, enter, options] of table) {
      const done = patches.replace(prototype, name, original =>
        wrapMethod(original, this.#guard(enter), options),
      )
      if (done) patched.push(name)
    }
    return patched
  }

  /** `getMore` since 6.1, `_getMore` before. */
  #patchGetMore(patches: Patches, prototype: object): string[] {
    return ['getMore', '_getMore'].filter(name =>
      patches.replace(prototype, name, original =>
        wrapMethod(original, this.#guard(this.#more)),
      ),
    )
  }

  #guard(enter: Enter): Enter {
    const context = this.#context
    return (target, args) => {
      if (!context.enabled) return undefined
      try {
        return enter(target, args)
      } catch (error) {
        warnOnce('MONGOWATCH_WATCHER', error)
        return undefined
      }
    }
  }

  readonly #first: Enter = cursor => {
    const rules = this.#context.rules.cursor
    const spec = CURSORS[cursor.constructor.name]
    if (spec === undefined || spec.isInner || !rules.enabled) return undefined
    if (isNested() || isInner(cursor)) return undefined
    const record = beginRecord(
      this.#context,
      LOGGER,
      spec.operation,
      this.#driver.version,
    )
    cursorTarget(record, cursor)
    if (rules.excludes?.(record)) return undefined
    record.Filter = cursorFilter(cursor, spec, rules.limits)
    record.Options = cursorOptions(cursor, spec, rules.limits)
    const session = peek(cursor, 'session')
    readSession(record, session)
    const watch = new CursorWatch(this.#context, rules, record, cursor, session)
    this.#watches.set(cursor, watch)
    const refusal = watch.begin()
    watch.fetch()
    return this.#batch(watch, true, refusal)
  }

  readonly #more: Enter = cursor => {
    // the class's own hook calls the parent's
    if (isNested()) return undefined
    const watch = this.#watches.get(cursor)
    if (watch === undefined || !watch.isOpen) return undefined
    watch.fetch()
    return this.#batch(watch, !isPastLimit(watch))
  }

  #batch(watch: CursorWatch, wasSent: boolean, refusal?: Error): Observation {
    return {
      refusal,
      awaitsFirst: false,
      succeed: result => {
        try {
          const isSent = wasSent && result !== undefined
          watch.answered(
            isSent ? readAnswer(result) : { count: 0, isLast: true },
            isSent,
          )
          if (watch.isOpen && watch.isDrained) this.#lookAfterThisTurn(watch)
        } catch (error) {
          warnOnce('MONGOWATCH_WATCHER', error)
        }
      },
      fail: error => {
        try {
          watch.fail(error)
        } catch (problem) {
          warnOnce('MONGOWATCH_WATCHER', problem)
        }
      },
    }
  }

  readonly #close: Enter = cursor => {
    if (!isNested()) this.#watches.get(cursor)?.close()
    return undefined
  }

  readonly #rewind: Enter = cursor => {
    this.#watches.get(cursor)?.finish('rewound')
    return undefined
  }

  /** `toArray` and `forEach` hand over everything before they answer. */
  readonly #consume: Enter = cursor => {
    if (isNested()) return undefined
    const finish = (): void => {
      try {
        this.#watches.get(cursor)?.finishIfConsumed()
      } catch (error) {
        warnOnce('MONGOWATCH_WATCHER', error)
      }
    }
    return { ...SILENT, succeed: finish, fail: finish }
  }

  /**
   * Most applications take the last batch in the turn in which it came. One
   * look for all cursors whose last batch came in this turn.
   */
  #lookAfterThisTurn(watch: CursorWatch): void {
    this.#drained.push(watch)
    if (this.#drained.length > 1) return
    setImmediate(() => {
      const drained = this.#drained
      this.#drained = []
      for (const waiting of drained) {
        try {
          waiting.finishIfConsumed()
        } catch (error) {
          warnOnce('MONGOWATCH_WATCHER', error)
        }
      }
    }).unref()
  }
}

/**
 * A find whose limit is reached ends without a command: the driver makes the
 * answer up when the server's cursor is still open then.
 */
function isPastLimit(watch: CursorWatch): boolean {
  if (watch.record.Operation !== 'find') return false
  const limit = Number(peek(watch.record.Options, 'limit') ?? 0)
  return limit !== 0 && (watch.record.MatchedCount ?? 0) >= Math.abs(limit)
}
