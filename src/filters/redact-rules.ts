import { DETECTORS, type DetectorName } from './detectors.ts'
import { FilterError } from './filter-error.ts'
import { checkHideable } from './hideable.ts'
import { PathPatterns } from './path-pattern.ts'
import {
  type Action,
  type ActionName,
  type ActionOptions,
  createAction,
} from './redact-actions.ts'

/** One rule; it fits when one of its keys, paths or detectors does. */
export interface RedactRule {
  /** Names of keys at any depth; case, `_` and `-` make no difference. */
  readonly keys?: readonly string[]
  /** Paths that begin with a field; `*` is one name, `**` any number. */
  readonly paths?: readonly string[]
  /** What a text looks like. */
  readonly detect?: readonly DetectorName[]
  readonly action: ActionName
  /** Of `truncate` and `partial`: characters that stay. */
  readonly length?: number
}

/** A detector and what is done with what it finds. */
export interface DetectRule {
  readonly rule: number
  readonly kind: DetectorName
  readonly action: Action
}

/** The number of no rule: after every other. */
export const NO_RULE = Number.POSITIVE_INFINITY

/** Rules as they are looked up; a lower number goes first. */
export interface CompiledRules {
  readonly actions: readonly Action[]
  readonly keeps: readonly boolean[]
  readonly drops: readonly boolean[]
  readonly keys: ReadonlyMap<string, number>
  /** What was found for keys as they are written, see `ruleOfKey`. */
  readonly known: Map<string, number>
  readonly paths: PathPatterns
  /** Those of rules that hide: for places that only stand for the path. */
  readonly hidingPaths: PathPatterns
  /** The last name of each path, for keys in messages; `*` is any. */
  readonly lastNames: ReadonlyMap<string, number>
  readonly detectors: readonly DetectRule[]
  /** False when only detectors decide. */
  readonly hasNames: boolean
}

/** Makes rules what they are looked up in. */
export function compileRules(
  rules: readonly RedactRule[],
  key: string | undefined,
): CompiledRules {
  const actions = rules.map(rule =>
    createAction(rule.action, optionsOf(rule, key)),
  )
  const keys = new Map<string, number>()
  const lastNames = new Map<string, number>()
  const paths = new PathPatterns()
  const detectors: DetectRule[] = []
  rules.forEach((rule, i) => {
    for (const name of rule.keys ?? []) setFirst(keys, plainKey(name), i)
    for (const path of rule.paths ?? []) {
      paths.add(checkPath(path), i)
      setFirst(lastNames, lastName(path), i)
    }
    for (const kind of rule.detect ?? []) {
      if (!Object.hasOwn(DETECTORS, kind)) throw unknownDetector(kind)
      detectors.push({ rule: i, kind, action: actions[i] ?? (value => value) })
    }
  })
  const keeps = rules.map(rule => rule.action === 'keep')
  const drops = rules.map(rule => rule.action === 'drop')
  const hasNames = keys.size > 0 || lastNames.size > 0
  const known = new Map<string, number>()
  const hidingPaths = pathsOfHiding(rules)
  return {
    ...{ actions, keeps, drops, keys, known, paths, hidingPaths },
    ...{ lastNames, detectors, hasNames },
  }
}

/** Nothing that is kept somewhere is kept elsewhere for it. */
function pathsOfHiding(rules: readonly RedactRule[]): PathPatterns {
  const patterns = new PathPatterns()
  rules.forEach(({ action, paths = [] }, i) => {
    if (action !== 'keep') for (const path of paths) patterns.add(path, i)
  })
  return patterns
}

const SEPARATORS = /[_\-\s]/

/** A key without what is written in different ways: `apiKey`, `API_KEY`. */
export function plainKey(key: string): string {
  const joined = SEPARATORS.test(key) ? key.split(SEPARATORS).join('') : key
  return joined.toLowerCase()
}

function optionsOf(rule: RedactRule, key: string | undefined): ActionOptions {
  return {
    ...(rule.length !== undefined && { length: rule.length }),
    ...(key !== undefined && { key }),
  }
}

function setFirst(map: Map<string, number>, name: string, rule: number): void {
  if (!map.has(name)) map.set(name, rule)
}

function checkPath(path: string): string {
  const [field = ''] = path.split('.', 1)
  if (path.split('.').includes('')) {
    throw new FilterError(`${JSON.stringify(path)} has an empty name in it`)
  }
  for (const name of path.split('.')) {
    if (!WHOLE_NAME.test(name)) throw unknownName(path, name)
  }
  if (field !== '*' && field !== '**') checkHideable(field)
  return path
}

/** No star among letters, and no place of a list in brackets. */
const WHOLE_NAME = /^(?:\*\*?|[^*]*(?<!\[\d*\]))$/

function unknownName(path: string, name: string): FilterError {
  const isPlace = name.endsWith(']')
  const meant = isPlace
    ? 'a place in a list stands between dots, or is left out'
    : 'a name is whole, or * for any name, or ** for any number of names'
  return new FilterError(`${JSON.stringify(path)} has ${name} in it: ${meant}`)
}

/** A path that is only a field means every key in it. */
function lastName(path: string): string {
  const names = path.split('.')
  const last = names.at(-1) ?? ''
  return names.length === 1 || last === '**' ? '*' : last
}

function unknownDetector(kind: string): FilterError {
  return new FilterError(
    `${kind} is not one of ${Object.keys(DETECTORS).join(', ')}`,
  )
}
