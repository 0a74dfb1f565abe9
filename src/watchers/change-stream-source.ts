import type { MadeReader } from './operation-spec.ts'
import { peek } from './peek.ts'
import type { TargetReader } from './target.ts'

/** A change stream that the application opened, and on what. */
export interface ChangeStreamSource {
  readonly stream: object
  /** The collection, database or client. */
  readonly parent: object
  readonly target: TargetReader
}

const sources = new WeakMap<object, ChangeStreamSource>()

/** Remembers what `watch()` of this kind of object returns. */
export function remembersStream(target: TargetReader): MadeReader {
  return (parent, stream) => {
    if (typeof stream !== 'object' || stream === null) return
    sources.set(stream, { stream, parent, target })
    const cursor = peek(stream, 'cursor')
    if (typeof cursor !== 'object' || cursor === null) return
    sources.set(cursor, { stream, parent, target })
  }
}

/** Where a change stream comes from, or its first cursor. */
export function sourceOf(object: object): ChangeStreamSource | undefined {
  return sources.get(object)
}
