import { resolve } from 'node:path'
import { nearest } from '../nearest.ts'
import { UsageError } from '../problem.ts'
import type { Place, Surroundings } from './place.ts'
import { PLACES } from './places.ts'

/** A place and what follows the colon: `env:/srv/app/.env`. */
export interface Target {
  readonly place: Place
  readonly argument: string
  /** How it is written on a command line. */
  readonly text: string
  /** The file that is written. */
  readonly file: string
}

/** Reads `NAME` or `NAME:ARGUMENT`. */
export function readTarget(text: string, where: Surroundings): Target {
  const colon = text.indexOf(':')
  const name = colon < 0 ? text : text.slice(0, colon)
  const place = PLACES.find(each => each.name === name)
  if (place === undefined) {
    const near = nearest(
      name,
      PLACES.map(each => each.name),
    )
    const see =
      near === undefined
        ? '; --available-targets lists them'
        : `; did you mean ${near}? See --available-targets`
    throw new UsageError(`There is no target "${name}"${see}`)
  }
  const given = colon < 0 ? undefined : text.slice(colon + 1)
  return createTarget(place, given, where)
}

/** The target of a place and its argument, made absolute. */
export function createTarget(
  place: Place,
  given: string | undefined,
  where: Surroundings,
): Target {
  const { name } = place
  if (place.argument === undefined) {
    if (given) throw new UsageError(`${name} takes nothing after a colon`)
    return { place, argument: '', text: name, file: place.file(where, '') }
  }
  const chosen = given || place.argument.usual
  if (chosen === undefined) {
    throw new UsageError(`Say which: ${name}:${place.argument.name}`)
  }
  const isFile = place.argument.name === 'FILE'
  const argument = isFile ? resolve(where.cwd, chosen) : chosen
  const file = place.file(where, argument)
  return { place, argument, text: `${name}:${argument}`, file }
}
