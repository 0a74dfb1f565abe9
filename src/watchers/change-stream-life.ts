import type { CursorWatch } from './cursor-watch.ts'
import { peek } from './peek.ts'

/**
 * One change stream of the application with the cursors that it reads from,
 * one after the other. Holds none of them.
 */
export class ChangeStreamLife {
  watch: CursorWatch | undefined = undefined
  /** It is read by `stream()`: then the driver does not resume it. */
  isPlain = false
  readonly #stream: WeakRef<object>
  #cursor: WeakRef<object> | undefined

  constructor(stream: object) {
    this.#stream = new WeakRef(stream)
  }

  /** The stream reads from this cursor now. */
  reads(cursor: object): void {
    this.#cursor = new WeakRef(cursor)
  }

  /** True for the cursor that it reads from. */
  isReading(cursor: object): boolean {
    return this.#cursor?.deref() === cursor
  }

  /**
   * True for a new cursor that goes on where the last one failed. The driver
   * makes it the stream's, but 4.0 only after it was read: there the new one
   * has the last one's token or time, the very same object.
   */
  isResumedBy(cursor: object): boolean {
    const stream = this.#stream.deref()
    if (stream === undefined) return false
    const current = peek(stream, 'cursor')
    if (current !== undefined) return current === cursor
    const last = this.#cursor?.deref()
    const options = peek(cursor, 'options')
    return (
      isSame(peek(last, 'resumeToken'), [
        peek(options, 'resumeAfter'),
        peek(options, 'startAfter'),
      ]) ||
      isSame(peek(last, 'startAtOperationTime'), [
        peek(options, 'startAtOperationTime'),
      ])
    )
  }
}

function isSame(value: unknown, others: readonly unknown[]): boolean {
  return typeof value === 'object' && value !== null && others.includes(value)
}
