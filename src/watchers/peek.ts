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

/**
 * Reads one option of the application's, its own or inherited, without calling
 * an accessor or a Proxy's trap.
 */
export function peekOption(options: unknown, key: PropertyKey): unknown {
  let owner: unknown = options
  while (
    typeof owner === 'object' &&
    owner !== null &&
    owner !== Object.prototype &&
    !types.isProxy(owner)
  ) {
    const descriptor = Object.getOwnPropertyDescriptor(owner, key)
    if (descriptor !== undefined) return descriptor.value
    owner = Object.getPrototypeOf(owner)
  }
  return undefined
}

/** The own enumerable keys of an object that is not a Proxy. */
export function peekKeys(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return types.isProxy(value) ? [] : Object.keys(value)
}
