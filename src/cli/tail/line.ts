import { compileMatch } from '../../filters/match.ts'
import { FIELDS, isFieldName } from '../../record/fields.ts'
import type { AuditRecord } from '../../record/record.ts'
import { formatRow, type RowStyle } from '../demo/row.ts'
import { UsageError } from '../problem.ts'

type Fields = Record<string, unknown>

/** Is this line of the file wanted? */
export type LineTest = (line: string) => boolean

/** Tells by a MongoDB query, given as JSON or YAML, which lines are wanted. */
export async function compileLineTest(
  query: string | undefined,
): Promise<LineTest> {
  if (query === undefined) return () => true
  const { parse } = await import('yaml')
  const test = compileQuery(query, parse)
  return line => {
    const fields = readFields(line)
    return fields !== undefined && test(withDates(fields))
  }
}

function compileQuery(text: string, parse: (text: string) => unknown) {
  try {
    const query = parse(text)
    if (typeof query === 'object' && query !== null && !Array.isArray(query)) {
      return compileMatch(query as Fields)
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : ''
    throw new UsageError(`--match is no query: ${reason}`)
  }
  throw new UsageError('--match must be a query, such as {Collection: orders}')
}

/** A record of a JSON line; undefined for any other line. */
function readFields(line: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Fields)
      : undefined
  } catch {
    return undefined // not JSON: a formatter for people wrote it
  }
}

/** Dates are text in JSON; queries compare dates. */
function withDates(fields: Fields): Partial<AuditRecord> {
  const entries = Object.entries(fields).map(([name, value]) =>
    isFieldName(name) && FIELDS[name] === 'date' && typeof value === 'string'
      ? [name, new Date(value)]
      : [name, value],
  )
  return Object.fromEntries(entries)
}

const TIME_WIDTH = 14

/** A line of the file for a person: aligned, and nothing a terminal obeys. */
export function formatLine(line: string, style: RowStyle): string {
  const fields = readFields(line)
  // JSON of another form (ecs, otel ...) is shown as it is
  if (fields?.Operation === undefined) return visible(line)
  const safe = makeVisible(fields) as Fields
  const time = style.paint('dim', timeOf(safe).padEnd(TIME_WIDTH - 2))
  if (String(safe.Operation).startsWith('$')) {
    const facts = safe.Options === undefined ? '' : JSON.stringify(safe.Options)
    return `${time}  ${style.paint('dim', `${safe.Operation} ${facts}`)}`
  }
  const open = iterationOf(safe)
  const width = style.width - TIME_WIDTH - open.length
  const row = formatRow(safe, { ...style, width })
  return `${time}  ${row}${style.paint('dim', open)}`
}

/** The time of day in UTC, as it stands in the record. */
function timeOf(fields: Fields): string {
  return /\d\d:\d\d:\d\d\.\d{3}/.exec(String(fields.StartTime))?.[0] ?? ''
}

/** A record that is not the last of its operation says so. */
function iterationOf({ Iteration }: Fields): string {
  return typeof Iteration === 'number' ? ` (open, ${Iteration})` : ''
}

function makeVisible(value: unknown): unknown {
  if (typeof value === 'string') return visible(value)
  if (Array.isArray(value)) return value.map(makeVisible)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      visible(key),
      makeVisible(each),
    ]),
  )
}

/** Control, format and other invisible characters become a dot. */
function visible(text: string): string {
  return text.replace(/\p{C}/gu, '·')
}
