/** A value in Extended JSON form, as records and queries hold it. */
type Document = { readonly [key: string]: unknown }

/** What a one-key document of Extended JSON stands for. */
const NATURAL: { readonly [wrapper: string]: (inner: unknown) => unknown } = {
  $oid: inner => inner,
  $uuid: inner => inner,
  $symbol: inner => inner,
  $date: toDate,
  $numberInt: Number,
  $numberLong: Number,
  $numberDouble: Number,
  $numberDecimal: Number,
}

/**
 * Extended JSON as the values a person would write: ObjectIds are their hex
 * digits, dates are dates, numbers of every BSON type are numbers (an integer
 * beyond 2^53 is the nearest one).
 *
 * A key that every JavaScript object has by itself (`constructor`,
 * `__proto__` …) is left out: comparing libraries would trip over it.
 */
export function naturalValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return value
  if (Array.isArray(value)) return value.map(naturalValue)
  const document = value as Document
  const convert = wrapper(document, Object.keys(document))
  if (convert !== undefined) return convert(Object.values(document)[0])
  const natural: Record<string, unknown> = {}
  for (const key of Object.keys(document)) {
    if (!(key in Object.prototype)) natural[key] = naturalValue(document[key])
  }
  return natural
}

/**
 * True for a document like `{ $oid: '…' }`: a value, not a subdocument.
 *
 * @param keys - its own keys
 */
export function isWrapped(value: object, keys: readonly string[]): boolean {
  return wrapper(value as Document, keys) !== undefined
}

/** An application's own document with such a key need not hold a text. */
function wrapper(
  document: Document,
  keys: readonly string[],
): ((inner: unknown) => unknown) | undefined {
  const key = keys[0]
  if (keys.length !== 1 || key === undefined) return undefined
  if (!Object.hasOwn(NATURAL, key)) return undefined
  const inner = document[key]
  const isText = typeof inner === 'string' || (key === '$date' && isLong(inner))
  return isText ? NATURAL[key] : undefined
}

/** Dates before 1970 and after 9999 are `{ $date: { $numberLong: '…' } }`. */
function isLong(inner: unknown): boolean {
  return (
    typeof inner === 'object' &&
    inner !== null &&
    typeof Reflect.get(inner, '$numberLong') === 'string' &&
    Object.keys(inner).length === 1
  )
}

function toDate(inner: unknown): Date {
  const moment = naturalValue(inner)
  return new Date(typeof moment === 'number' ? moment : String(moment))
}
