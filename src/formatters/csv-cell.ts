import { escapeText } from '../record/escape.ts'
import { jsonText } from '../record/json-text.ts'
import type { DateText } from './date-text.ts'

/** A way to write CSV: Python's names for them. */
export interface CsvDialect {
  readonly delimiter: string
  /** Quotes around every cell, not only where they are needed. */
  readonly quoteAll: boolean
}

/** The dialects by name. */
export const CSV_DIALECTS = {
  excel: { delimiter: ',', quoteAll: false },
  'excel-tab': { delimiter: '\t', quoteAll: false },
  unix: { delimiter: ',', quoteAll: true },
} as const satisfies Record<string, CsvDialect>

/**
 * What a spreadsheet would run, also in full-width forms and behind what it
 * leaves out: spaces, and characters that are not seen.
 */
const FORMULA =
  /^['\s\u00ad\u180e\u200b-\u200d\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]/
/** `;` and tab separate cells where a spreadsheet is set up so. */
const NEEDS_QUOTES = /[",;\t]/
/** A quick look that settles most texts: nothing in them needs care. */
const PLAIN = /^\w[\w .:/]*$/

/** A field's value as a CSV cell. */
export type CsvCell = (value: unknown) => string

/** Settings of a cell. */
export interface CsvCellSettings {
  readonly dateText: DateText
  readonly dialect: CsvDialect
  /** Puts a `'` before text that a spreadsheet would run. */
  readonly escapeFormulas: boolean
}

/** Makes the function that writes cells. */
export function createCsvCell(settings: CsvCellSettings): CsvCell {
  const { dateText, dialect, escapeFormulas } = settings
  const quote = (text: string) =>
    dialect.quoteAll || NEEDS_QUOTES.test(text)
      ? `"${text.replaceAll('"', '""')}"`
      : text
  const cellText = (text: string) =>
    quote(escapeFormulas && FORMULA.test(text) ? `'${text}` : text)
  return value => {
    if (value === undefined) return quote('')
    if (typeof value === 'number') return quote(String(value))
    if (typeof value === 'string') {
      return PLAIN.test(value) && !dialect.quoteAll
        ? value
        : cellText(escapeText(value))
    }
    if (value instanceof Date) return quote(dateText(value))
    return quote(jsonText(value))
  }
}
