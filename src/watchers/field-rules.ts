import { FIELDS, isFieldName } from '../record/fields.ts'
import type { SnapshotLimits } from '../record/limits.ts'
import { MASKED } from '../record/marks.ts'
import type { AuditRecord } from '../record/record.ts'
import { isSecretKey } from '../record/secrets.ts'
import { snapshot, snapshotNamed } from '../record/snapshot.ts'
import type { ArgumentReader } from './arguments.ts'
import { CASTS, isCastName } from './casts.ts'
import type { FieldRule } from './watcher-settings.ts'

/** Puts a value where its rule says; false when it cannot be there. */
export type RuleReader = (...args: Parameters<ArgumentReader>) => boolean

/**
 * A configured rule (`{to, cast, value}`) as a function. `own` is the name of
 * the argument: where a rule without `to` puts the value, inside `Options`
 * when it is no field.
 */
export function compileRule(rule: FieldRule, own: string): RuleReader {
  const to = rule.to === undefined ? own : rule.to
  if (to === null) return () => true // it is left out
  const convert = hidden(own, converter(rule))
  if (to === '_result') {
    return (record, value) => {
      record._result = convert(value)
      return true
    }
  }
  if (!isFieldName(to)) {
    return (record, value, limits) => {
      const option = convert(value)
      if (option === undefined) return false
      const options = Object.assign(Object.create(null), record.Options)
      options[to] = snapshotNamed(to, option, limits)
      record.Options = options
      return true
    }
  }
  const type = FIELDS[to]
  return (record, value, limits) => {
    const field = fit(type, convert(value), limits)
    if (field === undefined) return false
    setField(record, to, field)
    return true
  }
}

function converter(rule: FieldRule): (value: unknown) => unknown {
  if (rule.value !== undefined) return () => rule.value
  const { cast } = rule
  if (cast === undefined || !isCastName(cast)) return value => value
  return CASTS[cast]
}

/** An argument with the name of a secret (`password`) is never shown. */
function hidden(
  own: string,
  convert: (value: unknown) => unknown,
): (value: unknown) => unknown {
  if (!isSecretKey(own)) return convert
  return value => (value === undefined ? undefined : MASKED)
}

/** The value when the field can hold it. */
function fit(type: string, value: unknown, limits: SnapshotLimits): unknown {
  if (value === undefined || !canHold(type, value)) return undefined
  if (type === 'value' || typeof value === 'string')
    return snapshot(value, limits)
  const isItself = type === 'integer' || type === 'seconds' || type === 'date'
  return isItself ? value : String(value)
}

/** True for what a field of this type can hold; a number becomes text. */
export function canHold(type: string, value: unknown): boolean {
  if (type === 'value') return true
  if (type === 'integer' || type === 'seconds') return typeof value === 'number'
  if (type === 'date') return value instanceof Date
  return typeof value === 'string' || typeof value === 'number'
}

function setField(record: AuditRecord, name: string, value: unknown): void {
  // the value was made for the field's type by `fit`
  ;(record as unknown as Record<string, unknown>)[name] = value
}
