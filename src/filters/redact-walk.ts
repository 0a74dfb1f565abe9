import { emptyDocument } from '../record/marks.ts'
import { isWrapped } from './natural-value.ts'
import { NO_MATCH, type PathMatch, stepDown, stepInto } from './path-pattern.ts'
import { DROPPED } from './redact-actions.ts'
import { redactLeaf } from './redact-leaf.ts'
import { type CompiledRules, NO_RULE, plainKey } from './redact-rules.ts'

type Document = { readonly [key: string]: unknown }

/**
 * A copy of a value with the rules applied to every value in it that holds no
 * others: the first rule that fits it, or something it is in, is the one. A
 * document or list that was to be dropped is gone when all in it is.
 *
 * @param match - which paths lead here
 * @param above - the first rule that fits for what the value is in
 */
export function redactValue(
  rules: CompiledRules,
  value: unknown,
  match: PathMatch,
  above = NO_RULE,
): unknown {
  const rule = Math.min(above, match.rule)
  if (typeof value !== 'object' || value === null || isWrapped(value)) {
    return redactLeaf(rules, value, rule)
  }
  const redacted = Array.isArray(value)
    ? redactList(rules, value, match, rule)
    : redactDocument(rules, value as Document, match, rule)
  const isEmpty = Object.keys(redacted).length === 0
  return isEmpty && rules.drops[rule] === true ? DROPPED : redacted
}

function redactList(
  rules: CompiledRules,
  list: readonly unknown[],
  match: PathMatch,
  rule: number,
): unknown[] {
  return list
    .map((inner, i) => redactValue(rules, inner, stepInto(match, i), rule))
    .filter(inner => inner !== DROPPED)
}

function redactDocument(
  rules: CompiledRules,
  document: Document,
  match: PathMatch,
  rule: number,
): Document {
  const copy = emptyDocument()
  for (const key of Object.keys(document)) {
    const redacted = redactEntry(rules, key, document[key], match, rule)
    if (redacted !== DROPPED)
      copy[freeKey(copy, redactKey(rules, key))] = redacted
  }
  return copy
}

/** The value that stands under a key. */
export function redactEntry(
  rules: CompiledRules,
  key: string,
  value: unknown,
  match = NO_MATCH,
  above = NO_RULE,
): unknown {
  const rule = Math.min(above, ruleOfKey(rules, key))
  return redactValue(rules, value, stepDown(match, key), rule)
}

/** A key with dots is several; each of them counts. */
function ruleOfKey({ keys }: CompiledRules, key: string): number {
  if (keys.size === 0) return NO_RULE
  let rule = keys.get(plainKey(key)) ?? NO_RULE
  if (!key.includes('.')) return rule
  for (const name of key.split('.')) {
    rule = Math.min(rule, keys.get(plainKey(name)) ?? NO_RULE)
  }
  return rule
}

/** What is found in a key is personal data like any other. */
function redactKey(rules: CompiledRules, key: string): string {
  if (rules.detectors.length === 0) return key
  const redacted = redactLeaf(rules, key, NO_RULE)
  return redacted === DROPPED ? '' : String(redacted)
}

/** Two keys that became equal both stay. */
function freeKey(document: Document, key: string): string {
  let free = key
  for (let i = 2; Object.hasOwn(document, free); i++) free = `${key}#${i}`
  return free
}
