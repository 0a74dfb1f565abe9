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
 * back; logrotate's say nothing, nor do those of a trail in which two
 * writers began a file after the same one.
 */
export function tellNames(files: readonly TrailFile[], faults: Faults): void {
  const forked = forkedTrails(files)
  const latest = new Map<string, string>()
  for (const { path, header } of files) {
    const { file, log, previous, number } = header?.Options ?? {}
    if (file === undefined || log === undefined || forked.has(file)) continue
    const before = latest.get(previous?.file ?? '') ?? ''
    const when = whenOf(path, log) ?? ''
    latest.set(file, before)
    if (when >= before) latest.set(file, when)
    if (when === '' || when >= before) continue
    const text = `by its header it is number ${number}, its name stands for another place: names were exchanged`
    faults.tell({ file: path, line: 1 }, 'reordered', text)
  }
}

/** Files of trails in which one file was followed by two. */
function forkedTrails(files: readonly TrailFile[]): ReadonlySet<string> {
  const trails = new Map<string, string[]>()
  const followed = new Set<string>()
  const forked = new Set<string[]>()
  for (const { header } of files) {
    const { file, previous } = header?.Options ?? {}
    if (file === undefined) continue
    const trail = trails.get(previous?.file ?? '') ?? []
    trails.set(file, trail)
    trail.push(file)
    if (!previous) continue
    if (followed.has(previous.file)) forked.add(trail)
    followed.add(previous.file)
  }
  return new Set([...forked].flat())
}

/** Comparable; the file that is written to is after all others. */
function whenOf(path: string, log: string): string | undefined {
  const name = basename(path)
  if (name === log) return '~'
  return name.startsWith(log) ? ROTATED.exec(name)?.[1] : undefined
}
