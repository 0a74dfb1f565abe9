import { type Control, parseControl } from '../../integrity/control.ts'
import type { FileEnd } from '../../integrity/file-ends.ts'
import { CommandError } from '../problem.ts'
import { DamagedError, readLines } from './read-lines.ts'

/** One file of a trail, and what its first line says. */
export interface TrailFile {
  readonly path: string
  /** `undefined` when it does not begin with a header. */
  readonly header: Control | undefined
  /** What the headers of later files say of its end. */
  readonly ends: FileEnd[]
}

/** Reads the first line. */
export async function openTrailFile(path: string): Promise<TrailFile> {
  return { path, header: await readFirst(path), ends: [] }
}

async function readFirst(path: string): Promise<Control | undefined> {
  try {
    for await (const { text } of readLines(path)) {
      const control = parseControl(text)
      return control?.Operation === '$file' ? control : undefined
    }
  } catch (error) {
    if (!(error instanceof DamagedError)) throw error
  }
  return undefined
}

/** Files in the order in which they were written, and what is missing. */
export interface Trail {
  readonly files: readonly TrailFile[]
  /** Files that say they follow one that was not given. */
  readonly orphans: readonly TrailFile[]
  /** Files that were given twice, as a copy. */
  readonly copies: readonly TrailFile[]
  /** No file before the oldest is missing. */
  readonly isFromBeginning: boolean
}

/** Follows the headers, each of which names the file before it. */
export function orderFiles(given: readonly TrailFile[]): Trail {
  const byId = new Map<string, TrailFile>()
  const headless: TrailFile[] = []
  const copies: TrailFile[] = []
  for (const file of given) {
    const id = file.header?.Options.file
    if (id === undefined) headless.push(file)
    else if (byId.has(id)) copies.push(file)
    else byId.set(id, file)
  }
  const { roots, next } = link(byId)
  const files = [...follow(roots, next), ...headless]
  if (files.length + copies.length < given.length) {
    throw new CommandError('the headers of the files go round in a circle')
  }
  const orphans = roots.filter(file => isAfterGap(file, roots))
  const begun = roots.every(({ header }) => !header?.Options.previous)
  return { files, orphans, copies, isFromBeginning: begun }
}

/** Which files follow which, and those that follow none of them. */
function link(byId: ReadonlyMap<string, TrailFile>): {
  roots: TrailFile[]
  next: Map<TrailFile, TrailFile[]>
} {
  const roots: TrailFile[] = []
  const next = new Map<TrailFile, TrailFile[]>()
  for (const file of [...byId.values()].sort(byTime)) {
    const previous = file.header?.Options.previous
    const before = previous ? byId.get(previous.file) : undefined
    if (!previous || before === undefined) {
      roots.push(file)
      continue
    }
    before.ends.push(previous)
    next.set(before, [...(next.get(before) ?? []), file])
  }
  return { roots, next }
}

/** Only the oldest of a trail may follow one that retention has removed. */
function isAfterGap(file: TrailFile, roots: readonly TrailFile[]): boolean {
  if (!file.header?.Options.previous) return false
  return roots.find(root => logOf(root) === logOf(file)) !== file
}

function follow(
  files: readonly TrailFile[],
  next: ReadonlyMap<TrailFile, TrailFile[]>,
): TrailFile[] {
  const ordered: TrailFile[] = []
  const open = [...files].reverse()
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    ordered.push(file)
    open.push(...(next.get(file) ?? []).reverse())
  }
  return ordered
}

function byTime(a: TrailFile, b: TrailFile): number {
  const time = ({ header }: TrailFile) => header?.StartTime ?? ''
  return time(a) < time(b) ? -1 : Number(time(a) > time(b))
}

function logOf({ header }: TrailFile): string | undefined {
  return header?.Options.log
}
