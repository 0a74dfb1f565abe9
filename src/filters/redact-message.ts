import { replaceValues } from './message-values.ts'
import { DROPPED } from './redact-actions.ts'
import { ruleInMessage } from './redact-names.ts'
import type { CompiledRules } from './redact-rules.ts'

/** A text with the rules for the keys of its `key: value` pairs applied. */
export function redactPairs(rules: CompiledRules, text: string): string {
  return replaceValues(text, {
    ruleOf: key => ruleInMessage(rules, key),
    replace: (value, rule) => {
      const action = rules.actions[rule]
      if (action === undefined || rules.keeps[rule]) return undefined
      const redacted = action(value)
      return redacted === DROPPED ? '' : String(redacted)
    },
  })
}
