import { basename } from 'node:path'
import type { Faults } from './faults.ts'
import type { TrailFile } from './trail-file.ts'

/** When a file was rotated away, as its name says. */
const ROTATED = /\.(\d{8}T\d{6}\.\d{3}Z)-\d+(?:\.\d+)?(?:\.gz)?$/

/** Whether it is the name of a file that was rotated away by us. */
export function isRotated(path: string): boolean {
  return ROTATED.test(basename(path))
}

/**
 * Names that say another order than the headers: somebody exchanged them. A
 * name that we give is later than all before it, also when the clock was put
 * back; logrotate's say nothing.
 */
export function tellNames(files: readonly TrailFile[], faults: Faults): void {
  const roots = new Map<string, string>()
  const latest = new Map<string, string>()
  for (const { path, header } of files) {
    const { file, log, previous, number } = header?.Options ?? {}
    if (file === undefined || log === undefined) continue
    const root = roots.get(previous?.file ?? '') ?? file
    roots.set(file, root)
    const when = whenOf(path, log)
    if (when === undefined) continue
    const before = latest.get(root) ?? ''
    if (when > before) latest.set(root, when)
    if (when >= before) continue
    const text = `by its header it is number ${number}, its name stands for another place: names were exchanged`
    faults.tell({ file: path, line: 1 }, 'reordered', text)
  }
}

/** Comparable; the file that is written to is after all others. */
function whenOf(path: string, log: string): string | undefined {
  const name = basename(path)
  if (name === log) return '~'
  return name.startsWith(log) ? ROTATED.exec(name)?.[1] : undefined
}
