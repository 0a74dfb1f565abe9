import { Hook } from 'require-in-the-middle'
import type { DriverFile } from './driver-file.ts'
import { guarded } from './guarded.ts'
import { watchImports } from './imports.ts'
import { loadedFiles } from './loaded.ts'
import { report } from './report.ts'
import { TARGETS } from './targets.ts'
import { sayUnwatched } from './unwatched.ts'
import { visit } from './visit.ts'

export { sayUnwatched } from './unwatched.ts'

let hooked = false
const seen = new Set<string>()

/** Sees the driver's inner files as they are required, and those loaded. */
export function hookDriver(): void {
  if (hooked) return
  hooked = true
  const files = new Map<string, string>()
  for (const file of Object.keys(TARGETS)) files.set(moduleName(file), file)
  new Hook([...files.keys()], (exports, name, root) => {
    const file = files.get(name)
    if (file !== undefined && root !== undefined) {
      guarded(() => visit({ root, file }, exports, report))
    }
    return exports // always the same object: others hold it already
  })
  visitLoaded()
}

/** Sees the driver also where a loader takes it past every `require`. */
export function hookImports(): void {
  watchImports(() => guarded(visitLoaded))
}

/** A driver's file asks for another one, being half-loaded itself. */
export function driverAsks(driver: DriverFile, exports: unknown): void {
  hookDriver()
  visit(driver, exports, report)
  if (seen.has(driver.root)) return
  seen.add(driver.root)
  // it is loaded in one go: afterwards its classes are there, or it is unknown
  setImmediate(() => guarded(sayUnwatched)).unref()
}

function visitLoaded(): void {
  for (const { exports, ...driver } of loadedFiles()) {
    visit(driver, exports, report)
  }
}

/** How require-in-the-middle names a file. */
function moduleName(file: string): string {
  return `mongodb/${file}`.replace(/\/index$/, '')
}
