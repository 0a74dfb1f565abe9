import { isIP } from 'node:net'
import { escapeText } from '../record/escape.ts'
import type { AuditRecord } from '../record/record.ts'
import {
  addedValues,
  integerOf,
  lineText,
  numberOf,
  summaryOf,
  textOf,
  timeOf,
  userOf,
} from './field-value.ts'
import type { RecordFormatter } from './formatter.ts'
import { PRODUCT, productVersion } from './product.ts'
import { parseServer } from './server-address.ts'

const LOW = 3
const MEDIUM = 6

/** ArcSight's Common Event Format, for collectors of security events. */
export function createCefFormatter(): RecordFormatter {
  const device = [PRODUCT, PRODUCT, productVersion()].map(headerText).join('|')
  return {
    format: record => {
      const event = headerText(textOf(record.Operation) ?? '')
      const name = headerText(summaryOf(record))
      const severity = record.Outcome === 'failure' ? MEDIUM : LOW
      return `CEF:0|${device}|${event}|${name}|${severity}|${extension(record)}`
    },
  }
}

function extension(record: AuditRecord): string {
  let text = ''
  for (const [key, value] of Object.entries(extensionValues(record))) {
    if (value !== undefined) text += ` ${key}=${valueText(String(value))}`
  }
  return text.slice(1)
}

function extensionValues(
  record: AuditRecord,
): Record<string, string | number | undefined> {
  const server = parseServer(record.Server)
  const start = timeOf(record.StartTime)
  const end = timeOf(record.EndTime)
  return {
    rt: end ?? start,
    start,
    end,
    act: lineText(record.Operation),
    outcome: lineText(record.Outcome),
    reason: lineText(record.ErrorCode) ?? lineText(record.ErrorType),
    msg: lineText(record.ErrorMessage),
    externalId: lineText(record.WatchID),
    suser: lineText(userOf(record)),
    src: addressOf(record),
    shost: lineText(record.Host),
    spid: integerOf(record.PID),
    sproc: lineText(record.AppName),
    dhost: lineText(server?.host),
    dpt: server?.port,
    cnt: integerOf(record.Suppressed),
    ...strings(record),
    ...numbers(record),
  }
}

/** The six free texts of the format, each with its label. */
function strings(record: AuditRecord): Record<string, string | undefined> {
  const added = addedValues(record)
  return labelled('cs', 6, [
    ['DB', lineText(record.DB)],
    ['Collection', lineText(record.Collection)],
    ['Iteration', lineText(record.Iteration)],
    ['Filter', lineText(record.Filter)],
    ['Update', lineText(record.Update)],
    ['Options', lineText(record.Options)],
    ...Object.entries(added).map(([k, v]) => [k, lineText(v)] as const),
  ])
}

/** The three free integers and, for a duration, a floating point number. */
function numbers(record: AuditRecord): Record<string, string | undefined> {
  const changed =
    integerOf(record.ModifiedCount) ??
    integerOf(record.InsertedCount) ??
    integerOf(record.DeletedCount)
  return {
    ...labelled('cn', 3, [
      ['MatchedCount', lineText(integerOf(record.MatchedCount))],
      ['ReturnedCount', lineText(integerOf(record.ReturnedCount))],
      ['ChangedCount', lineText(changed)],
    ]),
    ...labelled('cfp', 4, [
      ['DurationSeconds', lineText(numberOf(record.Duration))],
    ]),
  }
}

/** `cs1=… cs1Label=…` for those that are known, as many as there are. */
function labelled(
  prefix: string,
  limit: number,
  values: readonly (readonly [label: string, value: string | undefined])[],
): Record<string, string | undefined> {
  const out: Record<string, string | undefined> = {}
  values.slice(0, limit).forEach(([label, value], i) => {
    if (value === undefined) return
    out[`${prefix}${i + 1}`] = value
    out[`${prefix}${i + 1}Label`] = label
  })
  return out
}

/** Only an address: the format has no place for the name of a caller. */
function addressOf({ RemoteAddress }: AuditRecord): string | undefined {
  return typeof RemoteAddress === 'string' && isIP(RemoteAddress) > 0
    ? RemoteAddress
    : undefined
}

/** In the header a pipe and a backslash are escaped. */
function headerText(text: string): string {
  return escapeText(text).replace(/[\\|]/g, '\\$&')
}

/** In the extension an equals sign and a backslash are. */
function valueText(text: string): string {
  return text.replace(/[\\=]/g, '\\$&')
}
