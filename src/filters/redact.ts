import { FIELDS } from '../record/fields.ts'
import { copyRecord } from '../record/record.ts'
import type { RecordFilter } from './filter.ts'
import { addedFields } from './filter-fields.ts'
import {
  HIDEABLE,
  type HideableField,
  hideField,
  isWrittenByUsers,
} from './hideable.ts'
import { replacePairs } from './message.ts'
import { type PathMatch, stepDown } from './path-pattern.ts'
import { DROPPED } from './redact-actions.ts'
import { redactLeaf } from './redact-leaf.ts'
import {
  type CompiledRules,
  compileRules,
  NO_RULE,
  plainKey,
  type RedactRule,
} from './redact-rules.ts'
import { redactEntry, redactValue } from './redact-walk.ts'
import { createComplaint } from './verdict.ts'

/** Settings of a `redact` filter. */
export interface RedactOptions {
  /** In order: the first that fits a value is the one. */
  readonly rules: readonly RedactRule[]
  /** The key of `hash`. */
  readonly key?: string
}

type Hide = (value: unknown) => unknown

/**
 * Hides values by rules. Fails closed: a field that could not be redacted
 * holds only a mark.
 */
export function createRedact(
  name: string,
  options: RedactOptions,
): RecordFilter {
  const rules = compileRules(options.rules, options.key)
  const complain = createComplaint(name, 'so its fields are hidden whole')
  const hides = HIDEABLE.filter(field => concerns(rules, field)).map(
    field => [field, hider(rules, field)] as const,
  )
  return {
    apply: record => {
      const copy = copyRecord(record)
      for (const [field, hide] of hides) hideField(copy, field, hide, complain)
      for (const field of addedFields(record)) {
        hideField(copy, field, hideAdded(rules, field), complain)
      }
      return copy
    },
  }
}

/** Keys and detectors look where users write, paths anywhere. */
function concerns(rules: CompiledRules, field: HideableField): boolean {
  if (stepDown(rules.paths.start, field).states.length > 0) return true
  if (!isWrittenByUsers(field)) return false
  const hasKeys = FIELDS[field] === 'value' || field === 'ErrorMessage'
  return hasKeys || rules.detectors.length > 0
}

/** What filters added counts like a key of a document. */
function hideAdded(rules: CompiledRules, field: string): Hide {
  return value => orAbsent(redactEntry(rules, field, value))
}

function hider(rules: CompiledRules, field: HideableField): Hide {
  const match = stepDown(rules.paths.start, field)
  if (field === 'ErrorMessage')
    return value => redactMessage(rules, value, match)
  return value => orAbsent(redactValue(rules, value, match))
}

/** A message quotes values of the filter: rules for their keys hold in it. */
function redactMessage(
  rules: CompiledRules,
  message: unknown,
  match: PathMatch,
): unknown {
  if (match.rule !== NO_RULE || typeof message !== 'string') {
    return orAbsent(redactValue(rules, message, match))
  }
  const paired = replacePairs(message, (key, value) => {
    const rule = ruleInMessage(rules, key)
    const action = rules.actions[rule]
    if (action === undefined || rules.keeps[rule]) return undefined
    const redacted = action(value)
    return redacted === DROPPED ? '' : String(redacted)
  })
  return orAbsent(redactLeaf(rules, paired, NO_RULE))
}

function ruleInMessage(
  { keys, lastNames }: CompiledRules,
  key: string,
): number {
  let rule = lastNames.get('*') ?? NO_RULE
  for (const name of key.split('.')) {
    const byKey = keys.get(plainKey(name)) ?? NO_RULE
    rule = Math.min(rule, byKey, lastNames.get(name) ?? NO_RULE)
  }
  return rule
}

function orAbsent(value: unknown): unknown {
  return value === DROPPED ? undefined : value
}
