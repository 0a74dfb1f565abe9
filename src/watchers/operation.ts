import type { SnapshotLimits } from '../record/limits.ts'
import type { AuditRecord } from '../record/record.ts'
import { ARGUMENTS, type ArgumentReader } from './arguments.ts'
import { compileRule, type RuleReader } from './field-rules.ts'
import type { OperationSpec } from './operation-spec.ts'
import { peekOption } from './peek.ts'
import type { FieldRule, WatcherRules } from './watcher-settings.ts'

/** Rules may also call arguments by the driver's own names. */
const ALIASES: Readonly<Record<string, string>> = {
  doc: 'document',
  docs: 'documents',
  indexSpec: 'keys',
  indexSpecs: 'keys',
  indexName: 'name',
  newName: 'name',
  selector: 'filter',
}

/** One method of the driver: its spec and the configured rules, compiled. */
export class Operation {
  readonly name: string
  readonly spec: OperationSpec
  #arguments: (ArgumentReader | undefined)[] = []
  #result: RuleReader | undefined
  #limits: SnapshotLimits

  constructor(name: string, spec: OperationSpec, rules: WatcherRules) {
    this.name = name
    this.spec = spec
    this.#limits = rules.limits
    this.configure(rules)
  }

  configure(rules: WatcherRules): void {
    this.#limits = rules.limits
    if (this.spec.secret) {
      this.#arguments = this.spec.args.map(argument => ARGUMENTS[argument])
      return
    }
    const own = named(rules.operations[this.name] ?? {})
    this.#arguments = this.spec.args.map(argument => {
      const rule = own[argument]
      const reader = ARGUMENTS[argument]
      if (rule !== undefined) return orElse(compileRule(rule, argument), reader)
      if (reader !== undefined || !rules.undefinedArguments) return reader
      return compileRule(rules.undefinedArguments, argument)
    })
    const rule = own._result ?? (this.spec.result ? undefined : rules.result)
    this.#result = rule && compileRule(rule, '_result')
  }

  /** Sets the fields that the arguments give. */
  readArguments(record: AuditRecord, args: readonly unknown[]): void {
    const count = this.#count(args)
    for (let i = 0; i < this.#arguments.length && i < count; i++) {
      const value = args[i]
      if (value !== undefined) this.#arguments[i]?.(record, value, this.#limits)
    }
  }

  /** Sets the fields that the result gives. */
  readResult(
    record: AuditRecord,
    result: unknown,
    args: readonly unknown[],
  ): void {
    if (this.#result?.(record, result, this.#limits)) return
    const options = this.options(args)
    // a plan says nothing of what was found or changed
    if (peekOption(options, 'explain')) return
    this.spec.result?.(record, result, options)
  }

  /** The options argument, if there is one. */
  options(args: readonly unknown[]): unknown {
    const value = args[this.spec.args.indexOf('options')]
    return typeof value === 'object' ? value : undefined
  }

  /** How many arguments there are without a callback in the last place. */
  #count(args: readonly unknown[]): number {
    const last = args.length - 1
    const isCallback =
      last >= (this.spec.required ?? 0) && typeof args[last] === 'function'
    return isCallback ? last : args.length
  }
}

/** What a rule's field cannot hold goes where it goes without the rule. */
function orElse(
  rule: RuleReader,
  otherwise: ArgumentReader | undefined,
): ArgumentReader {
  if (otherwise === undefined) return rule
  return (record, value, limits) => {
    if (!rule(record, value, limits)) otherwise(record, value, limits)
  }
}

function named(
  rules: Readonly<Record<string, FieldRule>>,
): Record<string, FieldRule> {
  const entries = Object.entries(rules)
  return Object.fromEntries(
    entries.map(([name, rule]) => [ALIASES[name] ?? name, rule]),
  )
}
