const getOwnPropertyDescriptor = Object.getOwnPropertyDescriptor

/** Stands for an own property that is an accessor: it was not called. */
export const ACCESSOR: unique symbol = Symbol('accessor')

/**
 * The value of an own data property, `undefined` when there is none,
 * {@link ACCESSOR} when it is an accessor. Runs no code of the application if
 * `object` is not a Proxy.
 */
export function ownValue(object: object, key: PropertyKey): unknown {
  const found = getOwnPropertyDescriptor(object, key)
  if (found === undefined) return undefined
  return found.writable === undefined ? ACCESSOR : found.value
}

/** An own data property that holds text. */
export function ownString(
  object: object,
  key: PropertyKey,
): string | undefined {
  const value = ownValue(object, key)
  return typeof value === 'string' ? value : undefined
}

/** An own data property that holds a number. */
export function ownNumber(
  object: object,
  key: PropertyKey,
): number | undefined {
  const value = ownValue(object, key)
  return typeof value === 'number' ? value : undefined
}
