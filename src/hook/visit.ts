import type { DriverFile } from './driver-file.ts'
import { TARGETS } from './targets.ts'

/** Called once per copy of the driver, file and name: it has its value. */
export type OnExport = (
  driver: DriverFile,
  name: string,
  exports: object,
) => void

const known = new WeakMap<object, Set<string>>()

/**
 * Looks for the wanted names in what a driver's file exports. A file that is
 * still loading has declared them (`exports.X = void 0`) but not assigned
 * them: those are awaited.
 */
export function visit(
  driver: DriverFile,
  exports: unknown,
  onExport: OnExport,
): void {
  const names = TARGETS[driver.file]
  if (names === undefined || !isObject(exports)) return
  const done = known.get(exports) ?? new Set()
  known.set(exports, done)
  for (const name of names) {
    const property = Object.getOwnPropertyDescriptor(exports, name)
    if (done.has(name) || property === undefined) continue
    done.add(name)
    const found = () => onExport(driver, name, exports)
    if (property.get || property.value !== undefined) found()
    else if (property.configurable) awaitAssignment(exports, name, found)
  }
}

/** Replaces a declared name by a trap until the driver assigns it. */
function awaitAssignment(
  exports: object,
  name: string,
  assigned: () => void,
): void {
  const shape = { configurable: true, enumerable: true }
  Object.defineProperty(exports, name, {
    ...shape,
    get: () => undefined,
    set(value: unknown) {
      if (value === undefined) return
      Object.defineProperty(exports, name, { ...shape, writable: true, value })
      assigned()
    },
  })
}

function isObject(value: unknown): value is object {
  return (
    (typeof value === 'object' && value !== null) || typeof value === 'function'
  )
}
