/** Their operands are answers, not values that are compared. */
const OF_ANSWERS = new Set(['$and', '$or', '$nor', '$not', '$cond'])

/** Operators and stages whose arguments have names and belong together. */
const OF_NAMED = new Set([
  ...['$regexMatch', '$regexFind', '$regexFindAll', '$replaceOne'],
  ...['$replaceAll', '$trim', '$ltrim', '$rtrim', '$convert', '$map'],
  ...['$filter', '$reduce', '$let', '$getField', '$setField', '$sortArray'],
  ...['$dateFromString', '$dateToString', '$zip', '$bucket', '$lookup'],
  ...['$graphLookup', '$densify', '$function', '$accumulator'],
])

/** Arguments that are names themselves. */
const NAMES = new Set([
  ...['from', 'as', 'localField', 'foreignField', 'connectFromField'],
  ...['connectToField', 'field'],
])

/** Those of them that name what values are compared with. */
const FIELDS = new Set(['field', 'connectToField'])

/** True when the elements of a list under this key belong together. */
export function comparesElements(key: string): boolean {
  return !OF_ANSWERS.has(key)
}

/** True when the values of a document under this key belong together. */
export function comparesValues(key: string): boolean {
  return OF_NAMED.has(key)
}

/** True for a part of an expression that only names something. */
export function isName(value: unknown, key = ''): boolean {
  if (NAMES.has(key)) return true
  return (
    typeof value === 'string' && value.startsWith('$') && key !== '$literal'
  )
}

/** False for a list of plain values, as most lists are. */
export function mayRefer(value: unknown): boolean {
  return !Array.isArray(value) || value.some(isReferring)
}

function isReferring(value: unknown): boolean {
  return typeof value === 'string'
    ? value.startsWith('$')
    : typeof value === 'object' && value !== null
}

/**
 * The fields that an expression refers to: `$user.ssn`, also within other
 * operators, and `$$variable.ssn`; and what `$getField` and others name.
 */
export function referencesIn(value: unknown, found: string[] = []): string[] {
  if (typeof value === 'string') {
    if (value.startsWith('$')) found.push(value)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      const isField = key === '$getField' || FIELDS.has(key)
      if (isField && typeof inner === 'string') found.push(`$${inner}`)
      referencesIn(inner, found)
    }
  }
  return found
}
