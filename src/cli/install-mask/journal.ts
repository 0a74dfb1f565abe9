import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Surroundings } from './place.ts'

/** One thing that was installed. */
export interface JournalEntry {
  readonly target: string
  /** Where the command was run: an npm script is that of a folder. */
  readonly cwd: string
  /** The file, below the root: another home or login file means another one. */
  readonly file?: string | undefined
  /** The outermost folder that was made for it. */
  readonly madeFolder?: string | undefined
}

/** What was installed: how to find it again and what to leave behind. */
export interface Journal {
  /** The outermost folder that was made for the journal and the stub. */
  readonly madeFolder?: string | undefined
  /** Once it could not be read, so there may be places that nobody knows. */
  readonly isIncomplete?: boolean | undefined
  readonly entries: readonly JournalEntry[]
}

/** The journal's file, beside the stub. */
export function journalFile(where: Surroundings): string {
  return join(where.root, dirname(where.stub), 'places.json')
}

/** Everything installed so far; one that is broken or lost is incomplete. */
export function readJournal(where: Surroundings): Journal {
  const file = journalFile(where)
  if (!existsSync(file)) {
    const isLost = existsSync(join(where.root, where.stub))
    return { entries: [], isIncomplete: isLost || undefined }
  }
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (isJournal(parsed)) return parsed
  } catch {
    // not JSON: uninstall then finds what is in the usual places
  }
  return { entries: [], isIncomplete: true }
}

function isJournal(value: unknown): value is Journal {
  return (
    typeof value === 'object' &&
    value !== null &&
    'entries' in value &&
    Array.isArray(value.entries) &&
    value.entries.every(isEntry)
  )
}

function isEntry(value: unknown): value is JournalEntry {
  return (
    typeof value === 'object' &&
    value !== null &&
    'target' in value &&
    typeof value.target === 'string' &&
    'cwd' in value &&
    typeof value.cwd === 'string'
  )
}
