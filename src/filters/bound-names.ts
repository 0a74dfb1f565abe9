import {
  comparesElements,
  comparesValues,
  referencesIn,
} from '../record/references.ts'
import type { Identifiers } from './array-filters.ts'
import { NO_MATCH, type PathMatch } from './path-pattern.ts'
import { ruleOfReferences } from './redact-names.ts'
import { type CompiledRules, NO_RULE } from './redact-rules.ts'

/** Stages whose keys name what their expressions give. */
const NAMING = new Set([
  ...['$project', '$set', '$addFields', '$group', '$replaceWith'],
  ...['$replaceRoot', 'newRoot', 'output'],
])

/** Names of later stages, and the first rule for what they stand for. */
export type Aliases = ReadonlyMap<string, number>

/** Fields that a pipeline names anew: `{$project: {t: '$ssn'}}`. */
export function aliasesIn(
  rules: CompiledRules,
  field: PathMatch,
  pipeline: unknown,
): Aliases {
  const found = new Map<string, number>()
  eachEntry(pipeline, (key, body) => {
    if (!NAMING.has(key) || !isObject(body)) return
    for (const [name, expression] of Object.entries(body)) {
      if (name.startsWith('$')) continue
      const rule = ruleOfReferences(rules, field, [expression])
      if (rule < (found.get(name) ?? NO_RULE)) found.set(name, rule)
    }
  })
  return found
}

/** The first rule for a key or a reference that has another name in it. */
export function ruleOfAlias(aliases: Aliases, name: string): number {
  if (aliases.size === 0) return NO_RULE
  const rules = name
    .replace(/^\$+/, '')
    .split('.')
    .map(part => aliases.get(part) ?? NO_RULE)
  return Math.min(...rules)
}

/** Variables that an expression compares with fields: `let` has their values. */
export function variablesIn(
  rules: CompiledRules,
  field: PathMatch,
  expression: unknown,
): Identifiers {
  const found = new Map<string, PathMatch[]>()
  eachEntry(expression, (key, operand) => {
    if (!key.startsWith('$') || !isObject(operand)) return
    const compares = Array.isArray(operand) ? comparesElements : comparesValues
    const rule = compares(key)
      ? ruleOfReferences(rules, field, operand)
      : NO_RULE
    if (rule === NO_RULE) return
    for (const reference of referencesIn(operand)) {
      const [, name] = /^\$\$(\w+)/.exec(reference) ?? []
      if (name !== undefined) found.set(name, [{ ...NO_MATCH, rule }])
    }
  })
  return found
}

function eachEntry(
  value: unknown,
  take: (key: string, inner: unknown) => void,
): void {
  if (!isObject(value)) return
  for (const [key, inner] of Object.entries(value)) {
    take(key, inner)
    eachEntry(inner, take)
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
