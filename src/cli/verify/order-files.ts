import type { TrailFile } from './trail-file.ts'

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
  const { roots, trails } = link(byId)
  const files = [...merge([...trails.values()]), ...headless]
  const orphans = roots.filter(file => isAfterGap(file, roots))
  const begun = roots.every(({ header }) => !header?.Options.previous)
  return { files, orphans, copies, isFromBeginning: begun }
}

/** Files by the one they all go back to, in the order of their numbers. */
function link(byId: ReadonlyMap<string, TrailFile>): {
  roots: TrailFile[]
  trails: Map<TrailFile, TrailFile[]>
} {
  const rootOf = new Map<TrailFile, TrailFile>()
  const trails = new Map<TrailFile, TrailFile[]>()
  for (const file of [...byId.values()].sort(byNumber)) {
    const previous = file.header?.Options.previous
    const before = previous ? byId.get(previous.file) : undefined
    if (previous && before !== undefined) before.ends.push(previous)
    const root = (before && rootOf.get(before)) ?? file
    rootOf.set(file, root)
    trails.set(root, [...(trails.get(root) ?? []), file])
  }
  return { roots: [...trails.keys()].sort(byTime), trails }
}

/** Only the oldest of a trail may follow one that retention has removed. */
function isAfterGap(file: TrailFile, roots: readonly TrailFile[]): boolean {
  if (!file.header?.Options.previous) return false
  return roots.find(root => logOf(root) === logOf(file)) !== file
}

/** Writers may go from one to another: the older file comes first. */
function merge(trails: readonly TrailFile[][]): TrailFile[] {
  const rest = trails.map(files => [...files])
  const merged: TrailFile[] = []
  for (;;) {
    const [next] = rest.filter(files => files.length > 0).sort(byFirst)
    const file = next?.shift()
    if (file === undefined) return merged
    merged.push(file)
  }
}

function byFirst([a]: readonly TrailFile[], [b]: readonly TrailFile[]): number {
  return a === undefined || b === undefined ? 0 : byTime(a, b)
}

function byNumber(a: TrailFile, b: TrailFile): number {
  const number = ({ header }: TrailFile) => header?.Options.number ?? 0
  return number(a) - number(b) || byTime(a, b)
}

function byTime(a: TrailFile, b: TrailFile): number {
  const time = ({ header }: TrailFile) => header?.StartTime ?? ''
  return time(a) < time(b) ? -1 : Number(time(a) > time(b))
}

function logOf({ header }: TrailFile): string | undefined {
  return header?.Options.log
}
