import { MongowatchError } from '../../errors.ts'
import { isSystemError } from '../problem.ts'
import { readBytes } from './files.ts'
import { readJournal } from './journal.ts'
import type { Surroundings } from './place.ts'
import { CONFIG } from './places/sample-config.ts'
import { PLACES } from './places.ts'
import { createTarget, readTarget, type Target } from './target.ts'

/** Is the mask in this place? A file that cannot be read has no mask. */
export function isInstalled(target: Target): boolean {
  try {
    const text = readBytes(target.file)
    return text !== undefined && target.place.uninstall(text) !== text
  } catch (error) {
    if (error instanceof MongowatchError) return true // in it, but edited
    if (isSystemError(error)) return false
    throw error
  }
}

/**
 * Every place that has the mask: the journal's and the usual ones. A sample
 * configuration that is not in the journal belongs to somebody else.
 */
export function installedTargets(where: Surroundings): Target[] {
  const known = readJournal(where).entries.flatMap(entry =>
    PLACES.some(place => entry.target.split(':')[0] === place.name)
      ? [readTarget(entry.target, { ...where, cwd: entry.cwd })]
      : [],
  )
  const usual = usualTargets(where).filter(({ place }) => place !== CONFIG)
  const all = [...known, ...usual].filter(isInstalled)
  const files = all.map(target => `${target.file} ${target.argument}`)
  return all.filter((_, index) => files.indexOf(files[index] ?? '') === index)
}

/** Every place with its usual argument; those that need one are left out. */
export function usualTargets(where: Surroundings): Target[] {
  return PLACES.filter(
    place => place.argument === undefined || place.argument.usual !== undefined,
  ).map(place => createTarget(place, undefined, where))
}
