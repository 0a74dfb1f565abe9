import type { DriverFile } from './driver-file.ts'
import { TARGETS } from './targets.ts'

/** Called with what a wanted file of a driver exports. */
export type OnFile = (driver: DriverFile, exports: unknown) => void

/**
 * The second line, for a Node whose loader cannot be asked what begins to
 * load: every `require` passes a function of ours. It costs an application 25
 * ms at its start (measured), and shows in its stack traces.
 */
export function hookRequire(onFile: OnFile): void {
  const {
    Hook,
  }: typeof import('require-in-the-middle') = require('require-in-the-middle')
  const files = new Map(
    Object.keys(TARGETS).map(file => [nameOf(file), file] as const),
  )
  new Hook([...files.keys()], (exports, name, root) => {
    const file = files.get(name)
    if (file !== undefined && root !== undefined)
      onFile({ root, file }, exports)
    return exports // always the same object: others hold it already
  })
}

/** As require-in-the-middle calls it. */
function nameOf(file: string): string {
  return `mongodb/${file}`.replace(/\/index$/, '')
}
