/** What stands in place of a secret. */
export const MASKED = '***'

/** A document of a copy: plain data whose every key is a key of the user. */
export type PlainDocument = { [key: string]: unknown }

/**
 * What documents inherit from: nothing, so that `__proto__` is a key like any
 * other.
 */
export const NOTHING: object = Object.freeze(Object.create(null))

/** Makes them; a `function`, for a class cannot have another prototype. */
const Document = function (
  this: PlainDocument,
) {} as unknown as new () => PlainDocument
Document.prototype = NOTHING

/**
 * An empty document that inherits from {@link NOTHING}, as Node's own
 * `querystring.parse` makes them.
 *
 * `Object.create(null)` is a hash table for V8: writing it as JSON or copying
 * it costs 80 to 430 ns more. `Object.setPrototypeOf({}, null)` is none, but
 * takes 50 ns more to make, ten times that between two answers of a server.
 */
export function emptyDocument(): PlainDocument {
  return new Document()
}

/** A document with one key. */
export function documentOf(key: string, value: unknown): PlainDocument {
  const document = emptyDocument()
  document[key] = value
  return document
}

/** Says that a bound was hit: too deep, or how much is left out. */
export function truncated(bound: 'depth' | number): PlainDocument {
  return documentOf('$truncated', bound)
}

/** Says what stood where no value can be shown. */
export function omitted(what: string): PlainDocument {
  return documentOf('$omitted', what)
}

/**
 * The first `limit` UTF-16 units of a text and how many are left out, e.g.
 * `abc…(+12)`.
 */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text
  const kept = headOf(text, limit)
  return kept + leftOut(text.length - kept.length)
}

/** The mark at the end of a text that was cut. */
export function leftOut(units: number): string {
  return `…(+${units})`
}

/** At most `limit` units from the start; never splits a surrogate pair. */
export function headOf(text: string, limit: number): string {
  if (text.length <= limit) return text
  const kept = Math.max(0, limit)
  const end = isHighSurrogate(text, kept - 1) ? kept - 1 : kept
  return detached(text.slice(0, end))
}

function isHighSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index)
  return unit >= 0xd800 && unit <= 0xdbff
}

/** A slice keeps its whole text alive in V8 (16 MB, perhaps); this does not. */
function detached(slice: string): string {
  return Buffer.from(slice, 'utf16le').toString('utf16le')
}
