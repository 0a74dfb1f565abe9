import { isPrivate } from '../record/added-fields.ts'
import { escapeText } from '../record/escape.ts'
import { type FieldName, isFieldName } from '../record/fields.ts'
import { jsonText } from '../record/json-text.ts'
import type { AuditRecord } from '../record/record.ts'
import { isoOf, lineText, summaryOf, textOf } from './field-value.ts'
import type { RecordFormatter } from './formatter.ts'
import { PRODUCT } from './product.ts'
import { syslogSeverity } from './syslog-severity.ts'

/** Settings of an rfc5424 formatter. */
export interface Rfc5424Settings {
  /** 0 to 23; 13 is log audit. @default 13 */
  readonly facility?: number
  /** @default 'mongowatch' */
  readonly appName?: string
  /** IANA private enterprise number; 32473 is for examples. @default 32473 */
  readonly enterpriseId?: number
}

const HOSTNAME_LENGTH = 255
const PROCID_LENGTH = 128
const MSGID_LENGTH = 32
const NAME_LENGTH = 32

/** Fields that have a place of their own in the header or the message. */
const ELSEWHERE: ReadonlySet<string> = new Set<FieldName>([
  'Host',
  'PID',
  'EndTime',
  'Filter',
])

/**
 * A syslog message of RFC 5424: the fields as structured data, then what was
 * done to what with which filter.
 */
export function createRfc5424Formatter(
  settings: Rfc5424Settings,
): RecordFormatter {
  const facility = settings.facility ?? 13
  const appName = headerText(settings.appName ?? PRODUCT, 48)
  const id = `${PRODUCT}@${settings.enterpriseId ?? 32473}`
  return {
    format: record => {
      const priority = facility * 8 + syslogSeverity(record._level)
      const time = isoOf(record.EndTime) ?? isoOf(record.StartTime) ?? '-'
      const host = headerText(record.Host, HOSTNAME_LENGTH)
      const process = headerText(record.PID, PROCID_LENGTH)
      const operation = headerText(record.Operation, MSGID_LENGTH)
      return `<${priority}>1 ${time} ${host} ${appName} ${process} ${operation} [${id}${parameters(record)}] ${message(record)}`
    },
  }
}

/** Printable ASCII without spaces, `-` when there is nothing. */
function headerText(value: unknown, limit: number): string {
  const text = textOf(value) ?? ''
  return text.replace(/[^!-~]/g, '_').slice(0, limit) || '-'
}

/** The record's own order is that of FIELDS, then what filters added. */
function parameters(record: AuditRecord): string {
  let text = ''
  let key: keyof AuditRecord
  for (key in record) {
    const value: unknown = record[key]
    if (value === undefined || isPrivate(key) || ELSEWHERE.has(key)) continue
    if (!Object.hasOwn(record, key)) continue
    text += parameter(key, isoOf(value) ?? lineText(value))
  }
  return text
}

/** A name of printable ASCII without `=`, `]` and `"`; a value escaped. */
function parameter(name: string, value: string | undefined): string {
  if (value === undefined) return ''
  const key = isFieldName(name) ? name : parameterName(name)
  return ` ${key}="${value.replace(/["\\\]]/g, '\\$&')}"`
}

function parameterName(name: string): string {
  return name.replace(/[^!-~]|[=\]"]/g, '_').slice(0, NAME_LENGTH)
}

/** A message that is not ASCII begins with a byte order mark, as UTF-8 must. */
function message(record: AuditRecord): string {
  const filter = record.Filter === undefined ? '' : jsonText(record.Filter)
  const text = `${escapeText(summaryOf(record))} ${filter}`.trimEnd()
  return /^[ -~]*$/.test(text) ? text : `\ufeff${text}`
}
