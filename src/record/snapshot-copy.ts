import type { SnapshotLimits } from './limits.ts'
import type { PlainDocument } from './marks.ts'

/** A copy being made: the bounds, what is left of them, and the recursion. */
export interface Copy {
  readonly limits: SnapshotLimits
  /** Bytes that may still be used; at zero or below nothing is added. */
  readonly bytes: number
  /** The copy of a value found `depth` levels down. */
  value(value: unknown, depth: number): unknown
  /** A copied string. */
  text(text: string): string
  /** The copy of an object's own enumerable data properties. */
  fields(object: object, depth: number): unknown
  /** A document of `size` entries, fetched one by one. */
  document(size: number, depth: number, next: NextEntry): PlainDocument
  /** An array of `size` elements, fetched one by one. */
  list(size: number, depth: number, element: Element): unknown
}

/** The next key and value of something that is shown as a document. */
export type NextEntry = () => readonly [string, unknown]

/** The element at an index of something that is shown as an array. */
export type Element = (index: number) => unknown

/**
 * Copies one kind of object. Runs no code of the application: what it reads
 * are own data properties and internal slots.
 */
export type Reader = (object: object, copy: Copy, depth: number) => unknown
