import { escapeText } from '../record/escape.ts'
import { jsonText } from '../record/json-text.ts'
import { readPath } from '../record/read-path.ts'
import type { AuditRecord } from '../record/record.ts'
import type { DateText } from './date-text.ts'

/** Reads a value out of a record; `undefined` when there is none. */
export type FieldPath = (record: AuditRecord) => unknown

/**
 * Compiles `Filter.age.$gt` or `Filter.tags.0`: own properties only, so no
 * prototype can be reached. A key that contains dots itself is found too.
 */
export function compilePath(path: string): FieldPath {
  const names = path.split('.')
  return record => readPath(record, names)
}

/** A value inside a template: text without quotes, documents as JSON. */
export function bareText(value: unknown, dateText: DateText): string {
  if (typeof value === 'string') return escapeText(value)
  if (typeof value === 'number') return String(value)
  if (value instanceof Date) return dateText(value)
  return jsonText(value)
}
