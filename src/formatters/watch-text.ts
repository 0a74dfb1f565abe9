import { addedFields, isPrivate } from '../record/added-fields.ts'
import { escapeText, quoteText } from '../record/escape.ts'
import { FIELDS, type FieldName, isFieldName } from '../record/fields.ts'
import { jsonText } from '../record/json-text.ts'
import type { AuditRecord } from '../record/record.ts'
import type { DateText } from './date-text.ts'

/** How the values of `{watch}` are written. */
export interface WatchTextSettings {
  readonly dateText: DateText
  /** What stands for an absent default field; empty leaves it out. */
  readonly missing: string
  /** The default fields of a logger. */
  defaultFields(logger: string): readonly FieldName[]
}

/** A record as text. */
export type WatchText = (record: AuditRecord) => string

/**
 * `{watch}`: the default fields as `Key=value`, without those that are not
 * known. A count that the operation does not have, and the error of one that
 * succeeded, are always left out.
 */
export function createDefaultText(settings: WatchTextSettings): WatchText {
  const { dateText, missing } = settings
  const byLogger = new Map<string, readonly FieldName[]>()
  return record => {
    const logger = record._logger
    let names = byLogger.get(logger)
    if (names === undefined) {
      names = settings.defaultFields(logger)
      byLogger.set(logger, names)
    }
    let text = ''
    for (const name of names) {
      const value = record[name]
      if (value !== undefined) {
        text += ` ${name}=${shortText(name, value, dateText)}`
      } else if (missing !== '' && !isOftenAbsent(name)) {
        text += ` ${name}=${missing}`
      }
    }
    return (text + extraText(record, names, dateText)).slice(1)
  }
}

/** `{watch.full}`: every field that is set, at full precision. */
export function createFullText({
  dateText,
}: Pick<WatchTextSettings, 'dateText'>): WatchText {
  return record => {
    let text = ''
    let key: keyof AuditRecord
    for (key in record) {
      const value = record[key]
      if (value === undefined || isPrivate(key)) continue
      if (!Object.hasOwn(record, key)) continue
      text += ` ${escapeText(key)}=${fullText(value, dateText)}`
    }
    return text.slice(1)
  }
}

/** What a filter added, such as rates: nobody could name it in advance. */
function extraText(
  record: AuditRecord,
  shown: readonly string[],
  dateText: DateText,
): string {
  let text = ''
  for (const [name, value] of addedFields(record)) {
    if (shown.includes(name)) continue
    text += ` ${escapeText(name)}=${shortText(name, value, dateText)}`
  }
  return text
}

function shortText(name: string, value: unknown, dateText: DateText): string {
  if (typeof value === 'number' && isSeconds(name)) {
    return value.toFixed(3)
  }
  if (typeof value !== 'object' || value === null || value instanceof Date) {
    return fullText(value, dateText)
  }
  return jsonText(value)
}

/** Counts of other operations, errors of those that succeeded. */
function isOftenAbsent(name: string): boolean {
  return name.endsWith('Count') || name.startsWith('Error')
}

function isSeconds(name: string): boolean {
  return isFieldName(name) && FIELDS[name] === 'seconds'
}

function fullText(value: unknown, dateText: DateText): string {
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return quoteText(value)
  if (value instanceof Date) return quoteText(dateText(value))
  const text = jsonText(value)
  return typeof value === 'object' && value !== null ? quoteText(text) : text
}
