import { escapeText } from '../record/escape.ts'
import type { FieldName } from '../record/fields.ts'
import type { AuditRecord } from '../record/record.ts'
import { createCsvFormatter } from './csv.ts'
import { createLogText, type DateText } from './date-text.ts'
import { bareText, compilePath } from './field-path.ts'
import type { RecordFormatter } from './formatter.ts'
import { createLogPart, LOG_PART_NAMES } from './log-part.ts'
import { parseTemplate, problem, type TemplatePart } from './template.ts'
import type { Pad, TextKind } from './template-spec.ts'
import { createDefaultText, createFullText } from './watch-text.ts'

/** Settings of a line formatter. */
export interface LineSettings {
  /** @default '{asctime} {name} {watch}' */
  readonly format?: string
  /** Python's strftime, for `{asctime}`. */
  readonly datefmt?: string
  /** UTC or local time. @default true */
  readonly utc?: boolean
  /** What stands for an absent field. @default '' */
  readonly missing?: string | null
}

/** What a formatter asks its surroundings. */
export interface FormatterContext {
  /** The default fields of a logger's watcher. */
  defaultFields(logger: string): readonly FieldName[]
}

type Writer = (record: AuditRecord) => string

const DEFAULT_FORMAT = '{asctime} {name} {watch}'

/** Text by a template; it is parsed here, once. */
export function createLineFormatter(
  settings: LineSettings,
  context: FormatterContext,
): RecordFormatter {
  const template = settings.format ?? DEFAULT_FORMAT
  const writers = parseTemplate(template).map(part =>
    'literal' in part
      ? literal(part.literal)
      : named(part, template, settings, context),
  )
  const format = (record: AuditRecord) => {
    let line = ''
    for (const write of writers) line += write(record)
    return line
  }
  return { format }
}

/** A tab of the template may stay: it does not come from outside. */
function literal(text: string): Writer {
  const safe = text.split('\t').map(escapeText).join('\t')
  return () => safe
}

function named(
  { name, pad }: Extract<TemplatePart, { name: string }>,
  template: string,
  settings: LineSettings,
  context: FormatterContext,
): Writer {
  const write = createWriter(name, pad, settings, context)
  if (write !== undefined) return write
  const known = [...LOG_PART_NAMES, 'watch', 'watch.full', 'watch.csv']
  throw problem(
    template,
    -1,
    `expected {${known.join('}, {')}} or {watch.FIELD}, got {${name}}`,
  )
}

function createWriter(
  name: string,
  pad: Pad,
  settings: LineSettings,
  context: FormatterContext,
): Writer | undefined {
  const { datefmt, utc = true } = settings
  const missing = settings.missing ?? ''
  const dateText = createLogText(utc)
  const part = createLogPart(name, { utc, datefmt })
  const kind = name === 'process' ? 'number' : 'text'
  if (part !== undefined) return record => pad(escapeText(part(record)), kind)
  if (name === 'watch' || name === 'message') {
    const { defaultFields } = context
    const write = createDefaultText({ dateText, missing, defaultFields })
    return record => pad(write(record), 'code')
  }
  const whole = wholeWriter(name, dateText, utc)
  if (whole !== undefined) return record => pad(whole(record), 'code')
  if (!name.startsWith('watch.') || name.startsWith('watch._')) return undefined
  const read = compilePath(name.slice('watch.'.length))
  return record => {
    const value = read(record)
    if (value === undefined) return pad(missing, 'text')
    return pad(bareText(value, dateText), kindOf(value))
  }
}

function wholeWriter(
  name: string,
  dateText: DateText,
  utc: boolean,
): Writer | undefined {
  if (name === 'watch.full') return createFullText({ dateText })
  if (name === 'watch.csv') return createCsvFormatter({ utc }).format
  return undefined
}

function kindOf(value: unknown): TextKind {
  if (typeof value === 'number') return 'number'
  return typeof value === 'object' && value !== null ? 'code' : 'text'
}
