/** Natural values have one type of number: which one it was is not known. */
const TYPES: { readonly [name: string]: (value: unknown) => boolean } = {
  number: isNumber,
  double: isNumber,
  decimal: isNumber,
  int: value => Number.isInteger(value) && value === Number(value) >> 0,
  long: Number.isInteger,
  string: value => typeof value === 'string',
  bool: value => typeof value === 'boolean',
  date: value => value instanceof Date,
  null: value => value === null,
  array: Array.isArray,
  object: isDocument,
}

/** Names that `$type` takes. */
export const TYPE_NAMES = Object.keys(TYPES)

/** `$type` for one value. `names`: a list of {@link TYPE_NAMES}. */
export function isOfType(value: unknown, names: unknown): boolean {
  return [names].flat().some(name => TYPES[String(name)]?.(value))
}

/** `$mod` for one value, of which the fraction is cut off; numbers only. */
export function hasRemainder(value: unknown, operand: unknown): boolean {
  const [divisor, remainder] = [operand].flat()
  const rest = isNumber(value)
    ? Math.trunc(Number(value)) % Number(divisor)
    : NaN
  return rest === Math.trunc(Number(remainder)) // false for NaN, true for -0
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number'
}

function isDocument(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date)
  )
}
