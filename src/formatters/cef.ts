import { isIP } from 'node:net'
import { packageVersion } from '../package.ts'
import { addedFields } from '../record/added-fields.ts'
import { escapeText } from '../record/escape.ts'
import type { AuditRecord } from '../record/record.ts'
import {
  integerOf,
  lineText,
  numberOf,
  summaryOf,
  textOf,
  timeOf,
  userOf,
} from './field-value.ts'
import type { RecordFormatter } from './formatter.ts'
import { PRODUCT } from './product.ts'
import { parseServer } from './server-address.ts'

const LOW = 3
const MEDIUM = 6

type Read = (record: AuditRecord) => string | number | undefined

/** Keys of the extension that have a meaning in the format. */
const DEFINED: readonly (readonly [key: string, read: Read])[] = [
  ['rt', record => timeOf(record.EndTime) ?? timeOf(record.StartTime)],
  ['start', record => timeOf(record.StartTime)],
  ['end', record => timeOf(record.EndTime)],
  ['act', record => lineText(record.Operation)],
  ['outcome', record => lineText(record.Outcome)],
  ['reason', r => lineText(r.ErrorCode) ?? lineText(r.ErrorType)],
  ['msg', record => lineText(record.ErrorMessage)],
  ['externalId', record => lineText(record.WatchID)],
  ['suser', record => lineText(userOf(record))],
  ['src', addressOf],
  ['shost', record => lineText(record.Host)],
  ['spid', record => integerOf(record.PID)],
  ['sproc', record => lineText(record.AppName)],
  ['dhost', record => lineText(parseServer(record.Server)?.host)],
  ['dpt', record => parseServer(record.Server)?.port],
  ['cnt', record => integerOf(record.Suppressed)],
]

/** Keys that are free, each with the label that gives it its meaning. */
const CUSTOM: readonly (readonly [key: string, label: string, read: Read])[] = [
  ['cs1', 'DB', record => lineText(record.DB)],
  ['cs2', 'Collection', record => lineText(record.Collection)],
  ['cs3', 'Iteration', record => lineText(record.Iteration)],
  ['cs4', 'Filter', record => lineText(record.Filter)],
  ['cs5', 'Update', record => lineText(record.Update)],
  ['cs6', 'Options', record => lineText(record.Options)],
  ['flexString1', 'Added', addedText],
  ['cn1', 'MatchedCount', record => integerOf(record.MatchedCount)],
  ['cn2', 'ReturnedCount', record => integerOf(record.ReturnedCount)],
  ['cn3', 'ChangedCount', changedCount],
  ['cfp1', 'DurationSeconds', record => numberOf(record.Duration)],
]

/** ArcSight's Common Event Format, for collectors of security events. */
export function createCefFormatter(): RecordFormatter {
  const device = [PRODUCT, PRODUCT, packageVersion()].map(headerText).join('|')
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
  for (const [key, read] of DEFINED) {
    const value = read(record)
    if (value !== undefined) text += ` ${key}=${valueText(value)}`
  }
  for (const [key, label, read] of CUSTOM) {
    const value = read(record)
    if (value === undefined) continue
    text += ` ${key}=${valueText(value)} ${key}Label=${label}`
  }
  return text.slice(1)
}

/** Only an address: the format has no place for the name of a caller. */
function addressOf({ RemoteAddress }: AuditRecord): string | undefined {
  return typeof RemoteAddress === 'string' && isIP(RemoteAddress) > 0
    ? RemoteAddress
    : undefined
}

/** Documents that the operation changed, in whatever way. */
function changedCount(record: AuditRecord): number | undefined {
  const counts = [
    integerOf(record.InsertedCount),
    integerOf(record.UpsertedCount),
    integerOf(record.ModifiedCount),
    integerOf(record.DeletedCount),
  ].filter(count => count !== undefined)
  if (counts.length === 0) return undefined
  return counts.reduce((sum, count) => sum + count, 0)
}

/** What filters added, such as rates, as one JSON document. */
function addedText(record: AuditRecord): string | undefined {
  const added = addedFields(record)
  return added.length === 0 ? undefined : lineText(Object.fromEntries(added))
}

/** In the header a pipe and a backslash are escaped. */
function headerText(text: string): string {
  return escapeText(text).replace(/[\\|]/g, '\\$&')
}

/** In the extension an equals sign and a backslash are. */
function valueText(value: string | number): string | number {
  return typeof value === 'number' ? value : value.replace(/[\\=]/g, '\\$&')
}
