import { joinMatches, type PathMatch, stepDown } from './path-pattern.ts'

/** Paths of an update that lead to what an identifier stands for. */
export type Identifiers = ReadonlyMap<string, readonly PathMatch[]>

const IDENTIFIER = /^\$\[(\w+)\]$/

/**
 * The identifiers of an update: `$set: { 'grades.$[g].score': 1 }` says that
 * `g` in `arrayFilters` stands for an element of `grades`.
 *
 * @param from - the paths that lead to the update
 * @param ruleOf - the rule for a name, wherever it is
 */
export function identifiersOf(
  update: unknown,
  from: PathMatch,
  ruleOf: (name: string) => number,
): Identifiers {
  const found = new Map<string, PathMatch[]>()
  const collect = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      if (key.includes('$[')) addIdentifiers(key, from, ruleOf, found)
      else collect(inner)
    }
  }
  collect(update)
  return found
}

function addIdentifiers(
  key: string,
  from: PathMatch,
  ruleOf: (name: string) => number,
  found: Map<string, PathMatch[]>,
): void {
  let match = from
  for (const name of key.split('.')) {
    match = withRule(below(match, name), ruleOf(name))
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
  return withRule(stepDown(from, name), from.rule)
}

function withRule(match: PathMatch, rule: number): PathMatch {
  return rule < match.rule ? { ...match, rule } : match
}
