import { attempt } from './attempt.ts'
import { observeBatch } from './cursor-batch.ts'
import { CURSORS, cursorFilter, cursorOptions } from './cursor-spec.ts'
import { type Closing, CursorWatch } from './cursor-watch.ts'
import type { DrainedCursors } from './drained-cursors.ts'
import type { DriverCopy } from './driver-copy.ts'
import { isInner } from './inner-objects.ts'
import { isNested } from './nesting.ts'
import { createNotes } from './notes.ts'
import { type Enter, SILENT } from './observation.ts'
import type { Patches } from './patches.ts'
import { peek } from './peek.ts'
import { RefusedCursors } from './refused-cursors.ts'
import { readSession } from './session-facts.ts'
import { clientOf, cursorTarget } from './target.ts'
import type { WatchChangeStream } from './watch-change-stream.ts'
import { beginRecord, type WatchContext } from './watch-context.ts'
import { LOGGERS } from './watcher-settings.ts'
import { wrapIterator } from './wrap-iterator.ts'
import { wrapMethod } from './wrap-method.ts'

/**
 * Observes cursors by their batches: one hook for the first command, one for
 * every further one, and those calls of the application that can end it.
 * Nothing of ours runs per document.
 */
export class WatchCursor {
  readonly #context: WatchContext
  readonly #driver: DriverCopy
  readonly #watches = createNotes<CursorWatch | undefined>()
  readonly #drained: DrainedCursors
  readonly #streams: WatchChangeStream
  readonly #refused = new RefusedCursors((cursor, error) =>
    this.#readFailed(cursor, error),
  )

  constructor(
    context: WatchContext,
    driver: DriverCopy,
    drained: DrainedCursors,
    streams: WatchChangeStream,
  ) {
    this.#context = context
    this.#driver = driver
    this.#drained = drained
    this.#streams = streams
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
    patches.replace(prototype, Symbol.asyncIterator, original =>
      wrapIterator(patches, original, cursor =>
        this.#watches.get(cursor)?.leave(),
      ),
    )
    // called by the constructor, by drivers that know AbortSignals
    patches.replace(prototype, 'trackCursor', original =>
      wrapMethod(original, this.#guard(this.#expect)),
    )
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
    return (target, args) =>
      context.enabled ? attempt(() => enter(target, args)) : undefined
  }

  readonly #first: Enter = cursor => {
    const begun = this.#begin(cursor)
    if (begun === undefined) return undefined
    const { watch, refusal } = begun
    return observeBatch(watch, this.#drained, { refusal })
  }

  #begin(
    cursor: object,
  ): { watch: CursorWatch; refusal: Error | undefined } | undefined {
    const context = this.#context
    const rules = context.rules.cursor
    const spec = CURSORS[cursor.constructor.name]
    if (spec === undefined || spec.isInner || !rules.enabled) return undefined
    if (isNested() || isInner(cursor)) return undefined
    const { version } = this.#driver
    const record = beginRecord(context, LOGGERS.cursor, spec.operation, version)
    cursorTarget(record, cursor)
    if (rules.excludes?.(record)) return undefined
    record.Filter = cursorFilter(cursor, spec, rules.limits)
    record.Options = cursorOptions(cursor, spec, rules.limits)
    const session = peek(cursor, 'session')
    readSession(record, session)
    const watch = new CursorWatch(context, rules, {
      record,
      owner: cursor,
      session,
      client: clientOf(cursor),
    })
    this.#watches.set(cursor, watch)
    return { watch, refusal: watch.begin() }
  }

  readonly #more: Enter = cursor => {
    // the class's own hook calls the parent's
    if (isNested()) return undefined
    const watch = this.#watches.get(cursor)
    if (watch === undefined || !watch.isOpen) return undefined
    return observeBatch(watch, this.#drained, { isSent: !isPastLimit(watch) })
  }

  readonly #close: Enter = cursor => {
    if (isNested()) return undefined
    const watch = this.#watches.get(cursor)
    if (watch === undefined) {
      this.#streams.cursorClosed(cursor)
      this.#expect(cursor, [])
    } else watch.close(closingOf(cursor))
    return undefined
  }

  readonly #rewind: Enter = cursor => {
    this.#watches.get(cursor)?.finish('rewound')
    this.#watches.set(cursor, undefined)
    // the driver does not listen to the signal any more, but asks it
    if (peek(cursor, 'signal') != null) this.#refused.expect(cursor)
    return undefined
  }

  /** A cursor that sent nothing yet may have an aborted signal. */
  readonly #expect: Enter = cursor => {
    if (!isAborted(cursor) || isNested()) return undefined
    const spec = CURSORS[cursor.constructor.name]
    if (spec && !spec.isInner) this.#refused.expect(cursor)
    return undefined
  }

  /** `toArray` and `forEach` hand over everything before they answer. */
  readonly #consume: Enter = cursor => {
    if (isNested()) return undefined
    return {
      ...SILENT,
      succeed: () =>
        attempt(() => this.#watches.get(cursor)?.finishIfConsumed()),
      fail: error => attempt(() => this.#readFailed(cursor, error)),
    }
  }

  /** The driver may refuse before it sends the first command. */
  #readFailed(cursor: object, error: unknown): void {
    const watch = this.#watches.get(cursor)
    if (watch === undefined) this.#begin(cursor)?.watch.fail(error)
    else watch.finishIfConsumed()
  }
}

/** An aborted signal closes its cursor. */
function closingOf(cursor: object): Closing {
  if (!isAborted(cursor)) return {}
  return { reason: peek(peek(cursor, 'signal'), 'reason') }
}

function isAborted(cursor: object): boolean {
  return peek(peek(cursor, 'signal'), 'aborted') === true
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
