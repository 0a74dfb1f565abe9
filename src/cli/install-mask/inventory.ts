import { join } from 'node:path'
import { MongowatchError } from '../../errors.ts'
import { isSystemError } from '../problem.ts'
import { readBytes } from './files.ts'
import { type JournalEntry, readJournal } from './journal.ts'
import type { Surroundings } from './place.ts'
import { CONFIG } from './places/sample-config.ts'
import { PLACES } from './places.ts'
import { forAllUsers } from './surroundings.ts'
import { createTarget, readTarget, type Target } from './target.ts'

/**
 * What became of a target: `damaged` has the mask but not as it was written,
 * `gone` has no file any more, `unreadable` may have anything.
 */
export type State = 'installed' | 'damaged' | 'absent' | 'gone' | 'unreadable'

/** Looks into the file of a target. */
export function stateOf({ place, file, argument }: Target): State {
  try {
    const text = readBytes(file)
    if (text === undefined) return 'gone'
    return place.uninstall(text, argument) === text ? 'absent' : 'installed'
  } catch (error) {
    if (error instanceof MongowatchError) return 'damaged'
    if (isSystemError(error)) return 'unreadable'
    throw error
  }
}

/** Is the mask in this place, as far as can be seen? */
export function isInstalled(target: Target): boolean {
  return ['installed', 'damaged'].includes(stateOf(target))
}

/** The targets of the journal, whatever became of them. */
export function journalTargets(where: Surroundings): Target[] {
  return readJournal(where)
    .entries.filter(isKnown)
    .map(entry => entryTarget(entry, where))
}

/** False for what a later version installed. */
export function isKnown({ target }: JournalEntry): boolean {
  return PLACES.some(({ name }) => target.split(':')[0] === name)
}

/** The target of an entry, in the file in which it was installed. */
export function entryTarget(entry: JournalEntry, where: Surroundings): Target {
  const target = readTarget(entry.target, { ...where, cwd: entry.cwd })
  if (entry.file === undefined) return target
  return { ...target, file: join(where.root, entry.file) }
}

/**
 * Every place that has the mask: the journals' and the usual ones. A sample
 * configuration that is not in a journal belongs to somebody else.
 */
export function installedTargets(where: Surroundings): Target[] {
  const known = [where, forAllUsers(where)].flatMap(journalTargets)
  const usual = usualTargets(where).filter(({ place }) => place !== CONFIG)
  return withoutDoubles([...known, ...usual].filter(isInstalled))
}

/** The target itself, or where the journal says that it was installed. */
export function installedTarget(target: Target, where: Surroundings): Target {
  if (isInstalled(target)) return target
  const known = installedTargets(where).find(
    ({ text, place }) => text === target.text && place.name !== 'npm',
  )
  return known ?? target
}

function withoutDoubles(targets: readonly Target[]): Target[] {
  const names = targets.map(({ file, text }) => `${file} ${text}`)
  return targets.filter((_, at) => names.indexOf(names[at] ?? '') === at)
}

/** Every place with its usual argument; those that need one are left out. */
export function usualTargets(where: Surroundings): Target[] {
  return PLACES.filter(
    place => place.argument === undefined || place.argument.usual !== undefined,
  ).map(place => createTarget(place, undefined, where))
}
