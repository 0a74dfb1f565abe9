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
  ...['connectToField', 'field', '$getField'],
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

/** Arguments of stages that compare nothing with what stands beside them. */
const APART = new Set(['pipeline', 'restrictSearchWithMatch', 'maxDepth'])

/** True for an argument that has nothing to do with the others. */
export function isApart(key: string): boolean {
  return APART.has(key)
}

/** Operators whose answer says nothing of the value. */
const OF_MEASURES = new Set(['$size', '$type', '$isArray'])

/** Not the hash of a password: `$2b$10$…`. */
const REFERENCE = /^\$\$?[^$]+$/

/** True for `$user.name` and `$$variable.name`. */
export function isReference(value: unknown): boolean {
  return typeof value === 'string' && REFERENCE.test(value)
}

/** True for a part of an expression that only names something. */
export function isName(value: unknown, key = ''): boolean {
  return NAMES.has(key) || (key !== '$literal' && isReference(value))
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
      if (OF_MEASURES.has(key)) continue
      const isField = key === '$getField' || FIELDS.has(key)
      if (isField && typeof inner === 'string') found.push(`$${inner}`)
      referencesIn(inner, found)
    }
  }
  return found
}
