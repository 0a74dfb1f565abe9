import { jsonString } from '../record/escape.ts'
import { FIELDS, type FieldName } from '../record/fields.ts'
import type { AuditRecord } from '../record/record.ts'
import { addedValues, isoOf, textOf } from './field-value.ts'
import type { RecordFormatter } from './formatter.ts'

const BARE = /^[!#-<>-[\]-~]+$/

/** `key=value` pairs as Heroku and Grafana read them. */
export function createLogfmtFormatter(): RecordFormatter {
  return { format }
}

function format(record: AuditRecord): string {
  let line = `level=${record._level} logger=${record._logger}`
  for (const name of Object.keys(FIELDS) as FieldName[]) {
    const value: unknown = record[name]
    if (value !== undefined) {
      line += ` ${name}=${valueText(isoOf(value) ?? textOf(value) ?? 'null')}`
    }
  }
  for (const [name, value] of Object.entries(addedValues(record))) {
    const key = name.replace(/[^!#-<>-~]/g, '_')
    line += ` ${key}=${valueText(textOf(value) ?? '')}`
  }
  return line
}

/** Bare where that is unambiguous, else quoted with JSON's escapes. */
function valueText(text: string): string {
  return BARE.test(text) ? text : jsonString(text)
}
