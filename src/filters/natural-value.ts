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
  const keys = Object.keys(document)
  const convert = wrapper(keys)
  if (convert !== undefined) return convert(document[keys[0] ?? ''])
  const natural: Record<string, unknown> = {}
  for (const key of keys) {
    if (!(key in Object.prototype)) natural[key] = naturalValue(document[key])
  }
  return natural
}

/** True for a document like `{ $oid: … }`: a value, not a subdocument. */
export function isWrapped(value: object): boolean {
  return wrapper(Object.keys(value)) !== undefined
}

function wrapper(
  keys: readonly string[],
): ((inner: unknown) => unknown) | undefined {
  const [first] = keys
  if (keys.length !== 1 || first === undefined) return undefined
  return Object.hasOwn(NATURAL, first) ? NATURAL[first] : undefined
}

function toDate(inner: unknown): Date {
  const moment = naturalValue(inner)
  return new Date(typeof moment === 'number' ? moment : String(moment))
}
