import { isPrivate } from '../record/added-fields.ts'
import { jsonString } from '../record/escape.ts'
import { FIELDS, isFieldName } from '../record/fields.ts'
import { isoText } from '../record/iso-text.ts'
import { jsonText } from '../record/json-text.ts'
import type { AuditRecord } from '../record/record.ts'
import type { RecordFormatter } from './formatter.ts'

/** One field of a JSON line and what it was the last time. */
interface JsonField {
  readonly prefix: string
  readonly repeats: boolean
  value: unknown
  text: string
}

/**
 * One line of JSON: the fields in the order of FIELDS, then what a filter
 * added; unknown and private fields are absent, dates are ISO 8601 in UTC.
 *
 * Written by hand because it runs for every record: the loop is over the
 * record itself (its constructor has the order of FIELDS), which V8 reads 7
 * times faster than a list of names, and what repeats from record to record
 * (DB, Collection, Host …) is made once.
 */
export function createJsonFormatter(): RecordFormatter {
  const fields = new Map(Object.keys(FIELDS).map(createField))

  function added(field: JsonField, value: unknown): string {
    if (field.repeats && value === field.value) return field.text
    const text = field.prefix + encode(value)
    if (field.repeats) {
      field.value = value
      field.text = text
    }
    return text
  }

  function format(record: AuditRecord): string {
    let line = ''
    let key: keyof AuditRecord
    for (key in record) {
      const value = record[key]
      if (value === undefined) continue
      const field = fields.get(key)
      line += field === undefined ? extra(record, key) : added(field, value)
    }
    return `{${line.slice(1)}}`
  }

  function extra(record: AuditRecord, key: keyof AuditRecord): string {
    if (isPrivate(key) || !Object.hasOwn(record, key)) return ''
    return `,${jsonString(key)}:${encode(record[key])}`
  }

  return { format }
}

/** Types whose values are compared before they are written again. */
const REPEATING = new Set(['string', 'integer', 'code', 'iteration'])

function createField(name: string): [string, JsonField] {
  const repeats = isFieldName(name) && REPEATING.has(FIELDS[name])
  const prefix = `,${jsonString(name)}:`
  return [name, { prefix, repeats, value: undefined, text: '' }]
}

function encode(value: unknown): string {
  return value instanceof Date ? dateText(value) : jsonText(value)
}

function dateText(date: Date): string {
  const time = date.getTime()
  return Number.isNaN(time) ? 'null' : `"${isoText(time)}"`
}
