import { basename } from 'node:path'
import type { TrailFile } from './trail-file.ts'

/** When a file was rotated away, as its name says. */
const ROTATED = /\.(\d{8}T\d{6}\.\d{3}Z)-\d+(?:\.\d+)?(?:\.gz)?$/

/** Whether it is the name of a file that was rotated away by us. */
export function isRotated(path: string): boolean {
  return ROTATED.test(basename(path))
}

/**
 * Notes on files whose names say another order than their headers: somebody
 * exchanged names, or a clock was put back.
 */
export function notesOnNames(files: readonly TrailFile[]): string[] {
  const latest = new Map<string, string>()
  return files.flatMap(file => {
    const { log, number } = file.header?.Options ?? {}
    if (log === undefined) return []
    const before = latest.get(log) ?? ''
    const when = whenOf(file.path, log)
    if (when === undefined) return []
    if (when > before) latest.set(log, when)
    if (when >= before) return []
    const text = 'its name stands for a later or earlier file than its header'
    return [`${file.path}: ${text}, by which it is number ${number}`]
  })
}

/** Comparable; the file that is written to is after all others. */
function whenOf(path: string, log: string): string | undefined {
  const name = basename(path)
  if (name === log) return '~'
  return name.startsWith(log) ? ROTATED.exec(name)?.[1] : undefined
}
