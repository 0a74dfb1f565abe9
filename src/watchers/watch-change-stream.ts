import { snapshot } from '../record/snapshot.ts'
import { attempt } from './attempt.ts'
import { ChangeStreamLife } from './change-stream-life.ts'
import { type ChangeStreamSource, sourceOf } from './change-stream-source.ts'
import { observeBatch } from './cursor-batch.ts'
import { CursorWatch } from './cursor-watch.ts'
import type { DrainedCursors } from './drained-cursors.ts'
import type { DriverCopy } from './driver-copy.ts'
import { isNested } from './nesting.ts'
import type { Enter, Observation } from './observation.ts'
import type { Patches } from './patches.ts'
import { peek } from './peek.ts'
import { pickOptions } from './pick-options.ts'
import { readSession } from './session-facts.ts'
import { clientOf } from './target.ts'
import { beginRecord, type WatchContext } from './watch-context.ts'
import { LOGGERS } from './watcher-settings.ts'
import { UNSEEN, wrapFactory, wrapMethod } from './wrap-method.ts'

/**
 * Observes change streams. One is one operation, although the driver makes a
 * new cursor whenever it resumes after an error.
 */
export class WatchChangeStream {
  readonly #context: WatchContext
  readonly #driver: DriverCopy
  readonly #drained: DrainedCursors
  /** By stream and by cursor. */
  readonly #lives = new WeakMap<object, ChangeStreamLife>()
  /** Those that can be resumed. */
  readonly #open = new Set<ChangeStreamLife>()

  constructor(
    context: WatchContext,
    driver: DriverCopy,
    drained: DrainedCursors,
  ) {
    this.#context = context
    this.#driver = driver
    this.#drained = drained
  }

  /** `ChangeStream`; gives what was patched. */
  patchStream(patches: Patches, prototype: object): string[] {
    const close = patches.replace(prototype, 'close', original =>
      wrapMethod(original, this.#guard(this.#close), { nests: false }),
    )
    const stream = patches.replace(prototype, 'stream', original =>
      wrapFactory(original, target => {
        attempt(() => this.#readsPlain(target))
        return UNSEEN
      }),
    )
    return [...(close ? ['close'] : []), ...(stream ? ['stream'] : [])]
  }

  /** `ChangeStreamCursor`; gives what was patched. */
  patchCursor(patches: Patches, prototype: object): string[] {
    const hooks = [
      ['_initialize', this.#first],
      ['getMore', this.#more],
      ['_getMore', this.#more],
    ] as const
    return hooks.flatMap(([name, enter]) => {
      const done = patches.replace(prototype, name, original =>
        wrapMethod(original, this.#guard(enter)),
      )
      return done ? [name] : []
    })
  }

  /**
   * A cursor of the driver is closed. After an error that is how it begins to
   * resume; otherwise nobody reads any more.
   */
  cursorClosed(cursor: object): void {
    const life = this.#lives.get(cursor)
    if (life?.watch === undefined || !life.isReading(cursor)) return
    if (life.isPlain || !life.watch.isInterrupted) life.watch.finish('closed')
  }

  #guard(enter: Enter): Enter {
    const context = this.#context
    return (target, args) =>
      context.enabled ? attempt(() => enter(target, args)) : undefined
  }

  readonly #first: Enter = cursor => {
    if (isNested()) return undefined
    const resumed = this.#resumedBy(cursor)
    if (resumed !== undefined) {
      this.#lives.set(cursor, resumed)
      return this.#batch(resumed, cursor)
    }
    const source = sourceOf(cursor)
    if (source === undefined) return undefined
    return this.#begin(source, cursor)
  }

  readonly #more: Enter = cursor => {
    if (isNested()) return undefined
    const life = this.#lives.get(cursor)
    return life?.watch?.isOpen ? this.#batch(life, cursor) : undefined
  }

  readonly #close: Enter = stream => {
    if (!isNested()) this.#lives.get(stream)?.watch?.finish('closed')
    return undefined
  }

  #begin(source: ChangeStreamSource, cursor: object): Observation | undefined {
    const context = this.#context
    const rules = context.rules.cursor
    if (!rules.enabled) return undefined
    const { version } = this.#driver
    const record = beginRecord(context, LOGGERS.cursor, 'watch', version)
    source.target(record, source.parent)
    if (rules.excludes?.(record)) return undefined
    const { stream } = source
    record.Filter = snapshot(peek(stream, 'pipeline'), rules.limits)
    record.Options = pickOptions([peek(stream, 'options')], rules.limits)
    const session = peek(peek(stream, 'options'), 'session')
    if (session !== undefined) readSession(record, session)
    const life = this.#life(stream)
    this.#lives.set(cursor, life)
    life.watch = new CursorWatch(context, rules, {
      record,
      owner: stream,
      session,
      client: clientOf(cursor),
      cursorOf: owner => peek(owner, 'cursor'),
    })
    this.#open.add(life)
    return this.#batch(life, cursor, life.watch.begin())
  }

  #batch(
    life: ChangeStreamLife,
    cursor: object,
    refusal?: Error,
  ): Observation | undefined {
    const { watch } = life
    if (watch === undefined) return undefined
    life.reads(cursor)
    return observeBatch(watch, this.#drained, {
      refusal,
      fail: error => {
        if (life.isPlain) watch.fail(error)
        else watch.interrupt(error)
      },
    })
  }

  /** The stream that goes on with this new cursor. */
  #resumedBy(cursor: object): ChangeStreamLife | undefined {
    for (const life of this.#open) {
      if (!life.watch?.isOpen) this.#open.delete(life)
      else if (life.isResumedBy(cursor)) return life
    }
    return undefined
  }

  #readsPlain(stream: object): void {
    this.#life(stream).isPlain = true
  }

  #life(stream: object): ChangeStreamLife {
    const life = this.#lives.get(stream) ?? new ChangeStreamLife(stream)
    this.#lives.set(stream, life)
    return life
  }
}
