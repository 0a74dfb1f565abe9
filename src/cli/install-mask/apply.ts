import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openFolders, removeFile, writeBytes } from './files.ts'
import { type JournalEntry, journalFile, readJournal } from './journal.ts'
import type { Surroundings } from './place.ts'
import type { Change } from './plan.ts'
import type { Target } from './target.ts'

/** Writes the changes and keeps the journal; no file is ever half written. */
export function applyChanges(
  changes: readonly Change[],
  where: Surroundings,
): void {
  const journal = readJournal(where)
  const file = journalFile(where)
  const folder = dirname(file)
  const madeFolder =
    mkdirSync(folder, { recursive: true }) ?? journal.madeFolder
  if (isShared(where) && madeFolder !== undefined) {
    openFolders(folder, madeFolder)
  }
  let entries = journal.entries
  for (const change of changes) {
    entries = applyChange(change, entries, where)
  }
  if (entries.length === 0 && !existsSync(join(where.root, where.stub))) {
    removeFile(file, madeFolder)
    return
  }
  const text = JSON.stringify({ madeFolder, entries }, undefined, 2)
  writeBytes(file, `${text}\n`, isShared(where))
}

function applyChange(
  { target, after, journal }: Change,
  entries: readonly JournalEntry[],
  where: Surroundings,
): readonly JournalEntry[] {
  const old = entries.find(entry => isOf(entry, target, where))
  const others = entries.filter(entry => entry !== old)
  if (after === undefined) {
    removeFile(target.file, old?.madeFolder)
    return others
  }
  const everybody = target.place.reach === 'system' && isShared(where)
  const made = writeBytes(target.file, after, everybody)
  if (journal === 'remove') return others
  if (journal === 'keep') return entries
  const madeFolder = old?.madeFolder ?? made
  return [...others, { target: target.text, cwd: where.cwd, madeFolder }]
}

function isOf(entry: JournalEntry, target: Target, where: Surroundings) {
  const isHere = target.place.name !== 'npm' || entry.cwd === where.cwd
  return entry.target === target.text && isHere
}

/** What root writes must be readable for all, whatever the umask. */
function isShared(where: Surroundings): boolean {
  return where.root !== '' || process.getuid?.() === 0
}
