import { joinMatches, type PathMatch, stepDown } from './path-pattern.ts'

/** Paths of an update that lead to what an identifier stands for. */
export type Identifiers = ReadonlyMap<string, readonly PathMatch[]>

const IDENTIFIER = /^\$\[(\w+)\]$/

/**
 * The identifiers of an update: `$set: { 'grades.$[g].score': 1 }` says that
 * `g` in `arrayFilters` stands for an element of `grades`.
 *
 * @param from - the paths that lead to the update
 */
export function identifiersOf(update: unknown, from: PathMatch): Identifiers {
  const found = new Map<string, PathMatch[]>()
  collect(update, from, found)
  return found
}

function collect(
  value: unknown,
  from: PathMatch,
  found: Map<string, PathMatch[]>,
): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (key.includes('$[')) addIdentifiers(key, from, found)
    else collect(inner, from, found)
  }
}

function addIdentifiers(
  key: string,
  from: PathMatch,
  found: Map<string, PathMatch[]>,
): void {
  let match = from
  for (const name of key.split('.')) {
    match = below(match, name)
    const [, identifier] = IDENTIFIER.exec(name) ?? []
    if (identifier === undefined) continue
    found.set(identifier, [...(found.get(identifier) ?? []), match])
  }
}

/**
 * Where a key of an array filter (`g.score`) leads: by its own path, and by
 * those of the update.
 */
export function stepByIdentifier(
  match: PathMatch,
  key: string,
  identifiers: Identifiers,
): PathMatch {
  const [identifier = '', ...names] = key.split('.')
  return (identifiers.get(identifier) ?? [])
    .map(start => names.reduce(below, start))
    .reduce(joinMatches, stepDown(match, key))
}

/** One step down, with the rule of what is above it. */
function below(from: PathMatch, name: string): PathMatch {
  const match = stepDown(from, name)
  return from.rule < match.rule ? { ...match, rule: from.rule } : match
}
