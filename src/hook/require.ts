import { Hook } from 'require-in-the-middle'
import { report } from './report.ts'
import { TARGETS } from './targets.ts'
import { visit } from './visit.ts'

/**
 * Sees the driver's inner files as they are required: also when the driver
 * itself is imported, for inside it is CommonJS.
 */
export function hookRequire(): void {
  const files = new Map<string, string>()
  for (const file of Object.keys(TARGETS)) files.set(moduleName(file), file)
  new Hook([...files.keys()], (exports, name, root) => {
    const file = files.get(name)
    if (file !== undefined && root !== undefined) {
      visit(root, file, exports, report)
    }
    return exports // always the same object: others hold it already
  })
}

/** How require-in-the-middle names a file. */
function moduleName(file: string): string {
  return `mongodb/${file}`.replace(/\/index$/, '')
}
