import { isPrivate } from '../record/added-fields.ts'
import { jsonString } from '../record/escape.ts'
import { isFieldName } from '../record/fields.ts'
import type { AuditRecord } from '../record/record.ts'
import { isoOf, textOf } from './field-value.ts'
import type { RecordFormatter } from './formatter.ts'

const BARE = /^[!#-<>-[\]-~]+$/

/** `key=value` pairs as Heroku and Grafana read them. */
export function createLogfmtFormatter(): RecordFormatter {
  return { format }
}

/** The record's own order is that of FIELDS, then what filters added. */
function format(record: AuditRecord): string {
  let line = `level=${record._level} logger=${record._logger}`
  let key: keyof AuditRecord
  for (key in record) {
    const value: unknown = record[key]
    if (value === undefined || isPrivate(key)) continue
    if (!Object.hasOwn(record, key)) continue
    line += ` ${keyText(key)}=${valueText(isoOf(value) ?? textOf(value) ?? '')}`
  }
  return line
}

function keyText(key: string): string {
  return isFieldName(key) ? key : key.replace(/[^!#-<>-~]/g, '_')
}

/** Bare where that is unambiguous, else quoted with JSON's escapes. */
function valueText(text: string): string {
  return BARE.test(text) ? text : jsonString(text)
}
