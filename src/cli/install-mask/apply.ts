import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { CommandError } from '../problem.ts'
import { type Change, overtaken, refuseOvertaken } from './change.ts'
import { openFolders, removeFile, writeBytes } from './files.ts'
import { entryTarget, isInstalled, isKnown } from './inventory.ts'
import { type Journal, type JournalEntry, journalFile } from './journal.ts'
import { withJournal } from './journal-lock.ts'
import type { Surroundings } from './place.ts'
import { STUB } from './places/stub.ts'
import { needsStub } from './plan.ts'
import type { Target } from './target.ts'

/** Writes the changes and keeps the journal; no file is ever half written. */
export function applyChanges(
  changes: readonly Change[],
  where: Surroundings,
): void {
  for (const change of changes) refuseOvertaken(change)
  withJournal(where, journal => applyWith(journal, changes, where))
}

function applyWith(
  journal: Journal,
  changes: readonly Change[],
  where: Surroundings,
): void {
  if (isShared(where) && journal.madeFolder !== undefined) {
    openFolders(dirname(journalFile(where)), journal.madeFolder)
  }
  let { entries } = journal
  try {
    for (const change of changes) {
      if (isStubRemoval(change)) refuseIfNamed(entries, where)
      if (namesStub(change)) refuseIfGone(STUB.file(where, ''))
      entries = applyChange(change, entries, where)
    }
  } finally {
    keepJournal({ ...journal, entries }, where)
  }
}

const isStubRemoval = ({ after, targets }: Change) =>
  after === undefined && targets.some(({ place }) => place === STUB)

const namesStub = ({ journal, targets }: Change) =>
  journal === 'add' && targets.some(needsStub)

/** Somebody may have uninstalled the mask since it was found there. */
function refuseIfGone(stub: string): void {
  if (!existsSync(stub)) throw overtaken(stub)
}

/** Somebody may have installed the mask since the removal was planned. */
function refuseIfNamed(
  entries: readonly JournalEntry[],
  where: Surroundings,
): void {
  const targets = entries
    .filter(isKnown)
    .map(entry => entryTarget(entry, where))
    .filter(target => needsStub(target) && isInstalled(target))
  const [first] = targets
  if (first === undefined) return
  throw new CommandError(
    `${where.stub} stays: ${first.file} names it since a moment ago`,
  )
}

function applyChange(
  change: Change,
  entries: readonly JournalEntry[],
  where: Surroundings,
): readonly JournalEntry[] {
  const { file, targets, after, journal } = change
  refuseOvertaken(change)
  const isOwn = (entry: JournalEntry) =>
    targets.some(target => isOf(entry, target, where))
  const old = entries.filter(isOwn)
  const others = entries.filter(entry => !isOwn(entry))
  const oldFolder = old.find(entry => entry.madeFolder)?.madeFolder
  if (after === undefined) {
    removeFile(file, oldFolder)
    return others
  }
  const everybody = targets.some(({ place }) => place.reach === 'system')
  const made = writeBytes(file, after, everybody && isShared(where))
  if (journal === 'remove') return others
  if (journal === 'keep') return entries
  const madeFolder = oldFolder ?? made
  return [...others, ...targets.map(each => entryOf(each, madeFolder, where))]
}

function entryOf(
  { text, file }: Target,
  madeFolder: string | undefined,
  { cwd, root }: Surroundings,
): JournalEntry {
  const below = file.startsWith(`${root}/`)
    ? file.slice(root.length)
    : undefined
  return { target: text, cwd, file: below, madeFolder }
}

function isOf(entry: JournalEntry, target: Target, where: Surroundings) {
  if (!isKnown(entry) || entry.target !== target.text) return false
  return entryTarget(entry, where).file === target.file
}

/** Without the stub, what was not found again cannot name it either. */
function keepJournal(journal: Journal, where: Surroundings): void {
  const file = journalFile(where)
  const hasStub = existsSync(STUB.file(where, ''))
  const entries = hasStub
    ? journal.entries
    : journal.entries.filter(
        entry => isKnown(entry) && isInstalled(entryTarget(entry, where)),
      )
  if (entries.length === 0 && !hasStub) {
    removeFile(file, journal.madeFolder)
    return
  }
  const isIncomplete = hasStub ? journal.isIncomplete : undefined
  const kept = { madeFolder: journal.madeFolder, isIncomplete, entries }
  const text = JSON.stringify(kept, undefined, 2)
  writeBytes(file, `${text}\n`, isShared(where))
}

/** What root writes must be readable for all, whatever the umask. */
function isShared(where: Surroundings): boolean {
  return where.root !== '' || process.getuid?.() === 0
}
