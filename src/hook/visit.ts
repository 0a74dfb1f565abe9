import { TARGETS } from './targets.ts'

/** Called once per driver copy, file and name, when the name has its value. */
export type OnExport = (
  root: string,
  file: string,
  name: string,
  exports: object,
) => void

const visited = new WeakSet<object>()

/**
 * Looks for the wanted names in what a driver's file exports. A file that is
 * still loading has declared them (`exports.X = void 0`) but not assigned
 * them: those are awaited.
 */
export function visit(
  root: string,
  file: string,
  exports: unknown,
  onExport: OnExport,
): void {
  const names = TARGETS[file]
  if (names === undefined || !isObject(exports) || visited.has(exports)) return
  visited.add(exports)
  for (const name of names) {
    const found = () => onExport(root, file, name, exports)
    const property = Object.getOwnPropertyDescriptor(exports, name)
    if (property === undefined) continue // not in this version of the driver
    if (property.get || property.value !== undefined) found()
    else awaitAssignment(exports, name, found)
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
