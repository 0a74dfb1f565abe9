import { attempt } from './attempt.ts'
import { isNested } from './nesting.ts'
import { type Enter, SILENT } from './observation.ts'
import { createLayer } from './patches.ts'
import { type Method, wrapMethod } from './wrap-method.ts'

/**
 * Cursors whose AbortSignal was aborted before they sent anything. The driver
 * refuses whatever reads from them, and no hook for a batch sees that. So that
 * nothing of ours runs per document elsewhere, methods that read are wrapped
 * on these cursors alone, one object before their class, until one is called.
 */
export class RefusedCursors {
  readonly #refused: (cursor: object, error: unknown) => void
  /** By the prototype that it stands before. */
  readonly #layers = new WeakMap<object, object>()
  /** The prototypes of cursors that were not read yet. */
  readonly #waiting = new WeakMap<object, object>()

  /** `refused` is told what the application got instead of a document. */
  constructor(refused: (cursor: object, error: unknown) => void) {
    this.#refused = refused
  }

  /** The first call that reads from this cursor may be refused. */
  expect(cursor: object): void {
    if (this.#waiting.has(cursor)) return
    const prototype: unknown = Object.getPrototypeOf(cursor)
    if (typeof prototype !== 'object' || prototype === null) return
    const layer = this.#layers.get(prototype) ?? this.#createLayer(prototype)
    if (layer === undefined) return
    this.#layers.set(prototype, layer)
    this.#waiting.set(cursor, prototype)
    Object.setPrototypeOf(cursor, layer)
  }

  #createLayer(prototype: object): object | undefined {
    const reads = (inherited: Method): Method =>
      wrapMethod(inherited, this.#enter, { nests: false })
    return createLayer(prototype, {
      next: reads,
      hasNext: reads,
      tryNext: reads,
      [Symbol.asyncIterator]: inherited => this.#iterates(inherited),
    })
  }

  readonly #enter: Enter = cursor => {
    if (isNested()) return undefined
    this.#release(cursor)
    return this.#observe(cursor)
  }

  #observe(cursor: object): ReturnType<Enter> {
    const fail = (error: unknown) => attempt(() => this.#refused(cursor, error))
    return { ...SILENT, fail }
  }

  /** The class's own method is found again. */
  #release(cursor: object): void {
    const prototype = this.#waiting.get(cursor)
    this.#waiting.delete(cursor)
    if (prototype === undefined) return
    // somebody may have put another before it
    if (Object.getPrototypeOf(cursor) !== this.#layers.get(prototype)) return
    Object.setPrototypeOf(cursor, prototype)
  }

  /** A loop asks the iterator, which asks the signal before the cursor. */
  #iterates(inherited: Method): Method {
    const release = (cursor: object) => this.#release(cursor)
    const enterOf = (cursor: object) => () => this.#observe(cursor)
    return {
      method(this: object, ...args: unknown[]): unknown {
        const iterator = Reflect.apply(inherited, this, args)
        if (isNested()) return iterator
        release(this)
        attempt(() => noticeNext(iterator, enterOf(this)))
        return iterator
      },
    }.method
  }
}

function noticeNext(iterator: unknown, enter: Enter): void {
  if (typeof iterator !== 'object' || iterator === null) return
  const prototype: unknown = Object.getPrototypeOf(iterator)
  if (typeof prototype !== 'object' || prototype === null) return
  const next = (inherited: Method): Method =>
    wrapMethod(inherited, enter, { nests: false })
  const layer = createLayer(prototype, { next })
  if (layer !== undefined) Object.setPrototypeOf(iterator, layer)
}
