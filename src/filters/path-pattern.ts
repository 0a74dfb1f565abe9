/** A place in one of the patterns while a document is walked down. */
interface State {
  readonly pattern: Pattern
  readonly position: number
}

interface Pattern {
  readonly segments: readonly string[]
  readonly rule: number
}

/** Which patterns may still fit, and the first rule one of them fits for. */
export interface PathMatch {
  readonly states: readonly State[]
  /** The lowest number of a rule that fits here; Infinity if none does. */
  readonly rule: number
  /** Steps that were taken from here, by key. */
  readonly steps: Map<string, PathMatch>
  /** Shared by all that came from one start. */
  readonly room: Room
}

/** How many more steps may be kept. */
interface Room {
  left: number
}

/** Nowhere in any pattern. */
export const NO_MATCH: PathMatch = {
  states: [],
  rule: Number.POSITIVE_INFINITY,
  steps: new Map(),
  room: { left: 0 },
}

/**
 * The documents of an application have few keys, and a step that is known
 * takes a tenth of the time. Ever new keys must not fill the memory.
 */
const MAX_STEPS = 1000
const MAX_KEY_LENGTH = 64

const ANY = '*'
const ANY_DEPTH = '**'

/**
 * Patterns like `Filter.address.*` and `Filter.**.phone`, followed together
 * while a document is walked. `*` is one name, `**` any number of names.
 * Operators and places in lists need not be named: `Filter.email` also means
 * the e-mail in `{ $or: [{ email: … }] }`.
 */
export class PathPatterns {
  readonly #patterns: Pattern[] = []

  /** Adds a pattern of the rule with this number. */
  add(path: string, rule: number): void {
    this.#patterns.push({ segments: path.split('.'), rule })
  }

  /** Where a walk begins. */
  get start(): PathMatch {
    const states: State[] = []
    for (const pattern of this.#patterns) add(states, pattern, 0)
    return match(states, { left: MAX_STEPS })
  }
}

/** Operators, and places in lists: `$set`, the `0` of `items.0.email`. */
const NEED_NOT_BE_NAMED = /^(?:\$|\d+$)/

/** One step down to a key; a key with dots is as many steps. */
export function stepDown(from: PathMatch, key: string): PathMatch {
  if (from.states.length === 0) return NO_MATCH
  const known = from.steps.get(key)
  if (known !== undefined) return known
  const found = newStep(from, key)
  if (from.room.left > 0 && key.length <= MAX_KEY_LENGTH) {
    from.room.left--
    from.steps.set(key, found)
  }
  return found
}

/** One step into a list: its places need not be named. */
export function stepInto(from: PathMatch, index: number): PathMatch {
  return from.states.length === 0 ? NO_MATCH : stepDown(from, String(index))
}

/** Both places at once. */
export function joinMatches(one: PathMatch, other: PathMatch): PathMatch {
  const rule = Math.min(one.rule, other.rule)
  return { ...NO_MATCH, states: [...one.states, ...other.states], rule }
}

function newStep(from: PathMatch, key: string): PathMatch {
  let match = from
  let rule = Number.POSITIVE_INFINITY
  for (const name of key.split('.')) {
    match = step(match, name)
    rule = Math.min(rule, match.rule)
  }
  return rule === match.rule ? match : { ...match, rule }
}

function step(from: PathMatch, name: string): PathMatch {
  const isTransparent = NEED_NOT_BE_NAMED.test(name)
  const states: State[] = []
  for (const state of from.states) {
    const { pattern, position } = state
    const segment = pattern.segments[position]
    if (segment === undefined) continue
    if (isTransparent || segment === ANY_DEPTH) add(states, pattern, position)
    if (segment === ANY || segment === name) add(states, pattern, position + 1)
  }
  return match(states, from.room)
}

/** Adds a state once, and those that `**` for no name at all leads to. */
function add(states: State[], pattern: Pattern, position: number): void {
  const isThere = states.some(
    state => state.pattern === pattern && state.position === position,
  )
  if (isThere) return
  states.push({ pattern, position })
  if (pattern.segments[position] === ANY_DEPTH) {
    add(states, pattern, position + 1)
  }
}

function match(states: readonly State[], room: Room): PathMatch {
  let rule = Number.POSITIVE_INFINITY
  for (const { pattern, position } of states) {
    if (position === pattern.segments.length)
      rule = Math.min(rule, pattern.rule)
  }
  return { states, rule, steps: new Map(), room }
}
