/** A copy of the driver in this process; there can be several. */
export interface Driver {
  /** The folder of its package. */
  readonly root: string
}

/** Marks the prototype of every class that is watched, across our own copies. */
const PATCHED = Symbol.for('mongowatch.patched.v1')

/**
 * The hook calls this when `exports[name]` of a driver's inner file has its
 * value: once per copy of the driver, file and name.
 *
 * @param file - for example `lib/collection`
 */
export function driverExportFound(
  _driver: Driver,
  _file: string,
  name: string,
  exports: object,
): void {
  const value: unknown = Reflect.get(exports, name)
  if (typeof value !== 'function' || !isClass(value)) return
  Object.defineProperty(value.prototype, PATCHED, {
    configurable: true,
    value: true,
  })
}

function isClass(value: object): boolean {
  return Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false
}
