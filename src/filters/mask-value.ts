/** What a field holds after the filter that was to hide it failed. */
export const HIDDEN = '[hidden: a filter failed]'

/** Numbers that Extended JSON writes as text. */
const NUMBERS = new Set([
  '$numberInt',
  '$numberLong',
  '$numberDouble',
  '$numberDecimal',
])

/**
 * A copy with its shape kept and its values hidden: texts become `x` of the
 * same length, numbers 0, true becomes false. Keys and operators stay.
 */
export function maskValue(value: unknown): unknown {
  if (typeof value === 'string') return 'x'.repeat(value.length)
  if (typeof value === 'number') return 0
  if (typeof value !== 'object' || value === null) {
    return value === null || value === undefined ? value : false
  }
  if (Array.isArray(value)) return value.map(maskValue)
  const masked = emptyLike()
  for (const [key, inner] of Object.entries(value)) {
    masked[key] = NUMBERS.has(key) ? '0' : maskValue(inner)
  }
  return masked
}

/** A document without prototype: `__proto__` is a key like any other. */
export function emptyLike(): Record<string, unknown> {
  return Object.setPrototypeOf({}, null)
}
