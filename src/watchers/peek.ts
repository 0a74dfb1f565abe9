import { types } from 'node:util'

/**
 * Reads one property of an object of the driver, whose shape differs between
 * versions: `undefined` when there is no object or no such property.
 */
export function peek(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return (value as Record<PropertyKey, unknown>)[key]
}

/**
 * Reads one own data property of an object of the application, without calling
 * an accessor or a Proxy's trap.
 */
export function peekData(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  if (types.isProxy(value)) return undefined
  return Object.getOwnPropertyDescriptor(value, key)?.value
}

/** The own enumerable keys of an object that is not a Proxy. */
export function peekKeys(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return types.isProxy(value) ? [] : Object.keys(value)
}
