import type { SnapshotLimits } from '../record/limits.ts'
import { emptyDocument } from '../record/marks.ts'
import { snapshot } from '../record/snapshot.ts'
import type { FileWatch } from './file-watch.ts'
import { peek } from './peek.ts'

/**
 * A stream of GridFS that the application opened. It is an operation once it
 * sends something: a download that is never read is none.
 */
export class FileStream {
  /** The operation, once it has begun and unless it is silent. */
  watch: FileWatch | undefined = undefined
  /** A handler refused the operation: it must not be sent. */
  refusal: Error | undefined = undefined
  #hasBegun = false
  readonly #limits: SnapshotLimits
  readonly #create: () => FileWatch | undefined

  constructor(limits: SnapshotLimits, create: () => FileWatch | undefined) {
    this.#limits = limits
    this.#create = create
  }

  /** Begins the operation if it has not begun; the stream may come later. */
  begin(stream?: object): FileWatch | undefined {
    if (this.#hasBegun) return this.watch
    this.#hasBegun = true
    this.watch = this.#create()
    if (stream !== undefined) this.follow(stream)
    this.refusal = this.watch?.begin()
    return this.watch
  }

  /** The stream that was opened; an upload knows the id of its file. */
  follow(stream: object): void {
    if (this.watch === undefined) return
    this.watch.follow(stream)
    const { record } = this.watch
    const id = peek(stream, 'id')
    if (id === undefined || peek(record.Filter, '_id') !== undefined) return
    record.Filter = Object.assign(emptyDocument(), record.Filter, {
      _id: snapshot(id, this.#limits),
    })
  }
}
