import { mayRefer, referencesIn } from '../record/references.ts'
import { type PathMatch, stepDown } from './path-pattern.ts'
import { type CompiledRules, NO_RULE, plainKey } from './redact-rules.ts'

/** An application has few keys; ever new ones must not fill the memory. */
const MAX_KNOWN = 1000
const MAX_KEY_LENGTH = 64

/** The first rule for a key; one with dots is several, each of them counts. */
export function ruleOfKey(rules: CompiledRules, key: string): number {
  if (rules.keys.size === 0) return NO_RULE
  const known = rules.known.get(key)
  if (known !== undefined) return known
  const rule = Math.min(
    ...[key, ...key.split('.')].map(
      name => rules.keys.get(plainKey(name)) ?? NO_RULE,
    ),
  )
  if (rules.known.size < MAX_KNOWN && key.length <= MAX_KEY_LENGTH)
    rules.known.set(key, rule)
  return rule
}

/**
 * The first rule for a name whose path is not known, by keys and by the last
 * names of paths. Only one that hides: the name may come from anybody.
 */
export function ruleOfName(rules: CompiledRules, name: string): number {
  let rule = hidingRuleOfKey(rules, name)
  for (const part of name.split('.')) {
    rule = Math.min(rule, hiding(rules, rules.lastNames.get(part) ?? NO_RULE))
  }
  return rule
}

/**
 * The first rule that hides one of the fields that an expression refers to.
 *
 * @param field - the paths that lead to the field of the record
 */
export function ruleOfReferences(
  rules: CompiledRules,
  field: PathMatch,
  expression: unknown,
): number {
  let rule = NO_RULE
  if (!mayRefer(expression)) return rule
  for (const reference of referencesIn(expression)) {
    const name = reference.replace(/^\$+/, '')
    const byPath = reference.startsWith('$$')
      ? ruleOfName(rules, name)
      : stepDown(field, name).rule
    const found = Math.min(byPath, ruleOfKey(rules, name))
    rule = Math.min(rule, hiding(rules, found))
  }
  return rule
}

/**
 * The first rule for a key in a message, by keys and by the last names of
 * paths. A value whose key is left out may be any: the first rule that hides.
 */
export function ruleInMessage(rules: CompiledRules, key: string): number {
  const { keys, lastNames } = rules
  if (key === '') {
    const all = [...keys.values(), ...lastNames.values()]
    return Math.min(...all.map(rule => hiding(rules, rule)), NO_RULE)
  }
  let rule = Math.min(ruleOfKey(rules, key), lastNames.get('*') ?? NO_RULE)
  for (const name of key.split('.')) {
    rule = Math.min(rule, lastNames.get(name) ?? NO_RULE)
  }
  return rule
}

/** What code does with a field is not known: one that it names counts. */
export function ruleOfCode(rules: CompiledRules, code: string): number {
  let rule = NO_RULE
  for (const [name] of code.matchAll(IDENTIFIER))
    rule = Math.min(rule, ruleOfName(rules, name))
  return rule
}

const IDENTIFIER = /[\p{L}_$][\p{L}\p{N}_$]*/gu

/** The first rule for a key, if it hides. */
export function hidingRuleOfKey(rules: CompiledRules, key: string): number {
  return hiding(rules, ruleOfKey(rules, key))
}

function hiding({ keeps }: CompiledRules, rule: number): number {
  return keeps[rule] === true ? NO_RULE : rule
}
