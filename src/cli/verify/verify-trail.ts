import { basename } from 'node:path'
import { createDigest, keyId } from '../../integrity/digest.ts'
import { CommandError } from '../problem.ts'
import { type Check, checkFile } from './check-file.ts'
import type { Fault } from './fault.ts'
import { Faults } from './faults.ts'
import { tellNames } from './names.ts'
import { type OpenedTrail, openTrail } from './open-trail.ts'
import type { Trail } from './order-files.ts'
import { Pieces } from './pieces.ts'
import type { TrailFile } from './trail-file.ts'
import { Writers } from './writers.ts'

/** What became of a trail. */
export interface Verdict {
  readonly files: number
  readonly lines: number
  readonly writers: number
  /** The first thing that is wrong. */
  readonly fault: Fault | undefined
  /** What an intact trail cannot tell, one sentence each. */
  readonly notes: readonly string[]
}

/** Reads a trail once, from its oldest line to its newest. */
export async function verifyTrail(
  paths: readonly string[],
  key: string | undefined,
): Promise<Verdict> {
  const trail = await openTrail(paths)
  const given = [...trail.files, ...trail.copies]
  checkKey(given, key)
  const ids = new Set(given.map(({ header }) => header?.Options.file))
  const isGiven = (file: string) => ids.has(file)
  const check: Check = {
    digest: createDigest(key),
    keyId: keyId(key),
    isGiven,
    writers: new Writers({ isGiven, mayBeginBefore: !trail.isFromBeginning }),
    pieces: new Pieces(),
    faults: new Faults(),
    lines: 0,
  }
  for (const file of trail.files) {
    tellOrder(file, trail, check.faults)
    const before = check.lines
    await checkFile(file, check)
    if (check.lines === before) tellEmpty(file, given, check.faults)
  }
  for (const copy of trail.copies) tellCopy(copy, check.faults)
  tellNames(trail.files, check.faults)
  check.writers.join(check.faults)
  tellPieces(check)
  return {
    files: given.length,
    lines: check.lines,
    writers: check.writers.count,
    fault: check.faults.first(trail.files.map(({ path }) => path)),
    notes: notesOf(trail, check),
  }
}

function checkKey(files: readonly TrailFile[], key: string | undefined): void {
  const expected = keyId(key)
  // where it is the key of one file, another one's header was changed
  if (
    files.some(
      ({ header }) => header !== undefined && header.Options.key === expected,
    )
  )
    return
  for (const { path, header } of files) {
    if (header === undefined) continue
    const { key: found } = header.Options
    if (found === expected) continue
    const why =
      found === undefined
        ? 'it says that it was written without a key'
        : expected === undefined
          ? 'it was written with a key; give it with --key-file or --key-env'
          : 'it was written with another key'
    throw new CommandError(`${path}: ${why}`)
  }
}

function tellOrder(file: TrailFile, trail: Trail, faults: Faults): void {
  if (!trail.orphans.includes(file)) return
  const before = file.header?.Options.previous?.file
  faults.tell(
    { file: file.path, line: 1 },
    'removed',
    `the file before it (number ${before}) is missing`,
  )
}

/** logrotate makes the next file empty; any other began with a header. */
function tellEmpty(
  { path }: TrailFile,
  given: readonly TrailFile[],
  faults: Faults,
): void {
  const logs = given.flatMap(({ header }) => header?.Options.log ?? [])
  if (logs.length === 0 || logs.includes(basename(path))) return
  faults.tell({ file: path, line: 1 }, 'truncated', 'the file is empty')
}

function tellCopy({ path }: TrailFile, faults: Faults): void {
  const text = 'this file is a copy of another one of them'
  faults.tell({ file: path, line: 1 }, 'inserted', text)
}

/** Each piece needs a writer that was stopped there. */
function tellPieces({ pieces, writers, faults }: Check): void {
  const piece = pieces.left[writers.open.length]
  if (piece === undefined) return
  const text = 'a piece of a line, though no writer was stopped'
  faults.tell(piece, 'inserted', text)
}

function notesOf(trail: OpenedTrail, { pieces, writers }: Check): string[] {
  const notes: string[] = []
  for (const path of trail.gone) notes.push(`${path} is not there any more`)
  for (const { path } of trail.added) {
    notes.push(
      `${path} was not given, or was rotated meanwhile: read as well, because a file that was given follows it`,
    )
  }
  if (!trail.isFromBeginning) {
    notes.push(
      'The oldest file follows one that was not given: what was before it is not known',
    )
  }
  for (const { file, line } of pieces.left) {
    notes.push(
      `${file}:${line}: a piece of a line, left by a writer that was stopped`,
    )
  }
  if (pieces.rewritten > 0) {
    notes.push(
      `Lines that stopped halfway and were written again: ${pieces.rewritten}`,
    )
  }
  for (const { writer, number, place } of writers.open) {
    notes.push(
      `${place.file}:${place.line}: writer ${writer} stops at its line ${number} without saying that it ends: it still runs, was killed, is a worker thread, or what came after was cut off`,
    )
  }
  return notes
}
