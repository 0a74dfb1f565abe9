import type { Io } from '../io.ts'
import { painter } from '../paint.ts'
import { UsageError } from '../problem.ts'
import { applyChanges } from './apply.ts'
import { type Change, unwritable } from './change.ts'
import { changeDiff } from './diff.ts'
import { refuseWithoutRights } from './rights.ts'
import { isInteractive, type Session } from './session.ts'
import type { Target } from './target.ts'

/** What came of changes. */
export type Done = 'written' | 'unchanged' | 'shown' | 'refused'

/** Shows changes, asks, and makes them. */
export async function carryOut(
  changes: readonly Change[],
  targets: readonly Target[],
  mode: 'install' | 'uninstall',
  session: Session,
): Promise<Done> {
  const { io, where, dryRun, yes } = session
  if (changes.length === 0) return 'unchanged'
  const paint = painter(io.stdout, io.env)
  for (const change of changes) {
    io.stdout.write(`${changeDiff(change, paint)}\n`)
  }
  if (dryRun) return 'shown'
  refuseWithoutRights(unwritable(changes), targets, mode, session)
  if (!yes && !(await agreed(targets, io))) return 'refused'
  applyChanges(changes, where)
  return 'written'
}

async function agreed(targets: readonly Target[], io: Io): Promise<boolean> {
  if (!isInteractive(io)) {
    throw new UsageError('Nobody can be asked here: add --yes or --dry-run')
  }
  const { askWhether } = await import('./ask.ts')
  const names = targets.map(target => target.text).join(', ')
  return askWhether(`Write this (${names})?`)
}

/** Shows a printed place on standard output. */
export function print(
  changes: readonly Change[],
  target: Target,
  io: Io,
): void {
  const own = changes.find(({ file }) => file === target.file)
  io.stdout.write(Buffer.from(own?.after ?? own?.before ?? '', 'latin1'))
  io.stderr.write(`${target.place.note(target.argument)}\n`)
}
