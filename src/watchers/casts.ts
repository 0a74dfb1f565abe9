/**
 * Names of casts in the configuration (`operations: {…: {cast: length}}`):
 * how an argument or a result becomes a field's value.
 */
export const CASTS = {
  /** How many elements, or keys. */
  length: (value: unknown): unknown =>
    Array.isArray(value)
      ? value.length
      : typeof value === 'object' && value !== null
        ? Object.keys(value).length
        : undefined,
  /** 1 for anything but null and undefined, else 0. */
  one_if_not_null: (value: unknown): unknown =>
    value === null || value === undefined ? 0 : 1,
  /** 1 for anything true, else 0. */
  one_if_true: (value: unknown): unknown => (value ? 1 : 0),
  string: (value: unknown): unknown =>
    typeof value === 'object' ? undefined : String(value),
} as const

/** A cast's name. */
export type CastName = keyof typeof CASTS

/** True for the name of a cast. */
export function isCastName(name: string): name is CastName {
  return Object.hasOwn(CASTS, name)
}
