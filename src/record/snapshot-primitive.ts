import { documentOf, omitted } from './marks.ts'
import { ACCESSOR } from './own.ts'

const MIN_LONG = -(2n ** 63n)
const MAX_LONG = 2n ** 64n - 1n

/** The copy of anything that is neither a string nor an object. */
export function primitive(value: unknown): unknown {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value)
        ? value
        : documentOf('$numberDouble', String(value))
    case 'boolean':
      return value
    case 'bigint':
      return integer(value)
    case 'undefined':
      return documentOf('$undefined', true)
    default:
      return omitted(value === ACCESSOR ? 'accessor' : typeof value)
  }
}

/** A number where that is exact; larger than any BSON integer is a mark. */
function integer(value: bigint): unknown {
  const small = Number(value)
  if (Number.isSafeInteger(small)) return small
  return value < MIN_LONG || value > MAX_LONG
    ? omitted('bigint')
    : documentOf('$numberLong', value.toString())
}
