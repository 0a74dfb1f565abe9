import { FIELDS } from '../record/fields.ts'
import { copyRecord } from '../record/record.ts'
import { identifiersOf } from './array-filters.ts'
import { variablesIn } from './bound-names.ts'
import type { RecordFilter } from './filter.ts'
import { addedFields } from './filter-fields.ts'
import {
  HIDEABLE,
  type Hide,
  type HideableField,
  hideField,
  isWrittenByUsers,
} from './hideable.ts'
import { NO_MATCH, type PathMatch, stepDown } from './path-pattern.ts'
import { DROPPED } from './redact-actions.ts'
import { redactLeaf } from './redact-leaf.ts'
import { redactPairs } from './redact-message.ts'
import { hidingRuleOfKey } from './redact-names.ts'
import {
  type CompiledRules,
  compileRules,
  NO_RULE,
  type RedactRule,
} from './redact-rules.ts'
import { RedactWalk } from './redact-walk.ts'
import { createComplaint } from './verdict.ts'

/** Settings of a `redact` filter. */
export interface RedactOptions {
  /** In order: the first that fits a value is the one. */
  readonly rules: readonly RedactRule[]
  /** The key of `hash`. */
  readonly key?: string
}

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
      for (const [field, hide] of hides) {
        hideField(copy, field, hide, complain, record)
      }
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
  if (field === 'Options' && rules.hasNames) return true
  if (!isWrittenByUsers(field)) return false
  const hasKeys = FIELDS[field] === 'value' || field === 'ErrorMessage'
  return hasKeys || rules.detectors.length > 0
}

/** What filters added counts like a key of a document. */
function hideAdded(rules: CompiledRules, field: string): Hide {
  const walk = new RedactWalk(rules, stepDown(NO_MATCH, field))
  return value => orAbsent(walk.redact(value, field))
}

function hider(rules: CompiledRules, field: HideableField): Hide {
  const match = stepDown(rules.paths.start, field)
  const walk = new RedactWalk(rules, match)
  if (field === 'ErrorMessage' && match.rule === NO_RULE)
    return value => redactMessage(rules, String(value))
  if (field === 'Options' && rules.hasNames) return optionsHider(rules, walk)
  return value => orAbsent(walk.redact(value))
}

/** `arrayFilters` and `let` are for names in the update and the filter. */
function optionsHider(rules: CompiledRules, walk: RedactWalk): Hide {
  const update = stepDown(rules.hidingPaths.start, 'Update')
  const ruleOf = (name: string) => hidingRuleOfKey(rules, name)
  return (options, record) => {
    const bound: [string, readonly PathMatch[]][] = []
    if (Object.hasOwn(Object(options), 'arrayFilters'))
      bound.push(...identifiersOf(record.Update, update, ruleOf))
    if (Object.hasOwn(Object(options), 'let'))
      for (const field of ['Filter', 'Update'] as const) {
        const match = stepDown(rules.paths.start, field)
        bound.push(...variablesIn(rules, match, record[field]))
      }
    return orAbsent(walk.redact(options, '', new Map(bound)))
  }
}

/** A message quotes values of the filter: rules for their keys hold in it. */
function redactMessage(rules: CompiledRules, message: string): unknown {
  return orAbsent(redactLeaf(rules, redactPairs(rules, message), NO_RULE))
}

function orAbsent(value: unknown): unknown {
  return value === DROPPED ? undefined : value
}
