/** How a CSV file is written; the names are those of Python's csv module. */
export interface Dialect {
  readonly delimiter: string
  readonly lineEnd: string
  /** Quotes around every cell, not only where they are needed. */
  readonly quoteAll: boolean
}

/** The dialects of `--dialect`. */
export const DIALECTS: Readonly<Record<string, Dialect>> = {
  excel: { delimiter: ',', lineEnd: '\r\n', quoteAll: false },
  'excel-tab': { delimiter: '\t', lineEnd: '\r\n', quoteAll: false },
  unix: { delimiter: ',', lineEnd: '\n', quoteAll: true },
}

/** The delimiter of a file whose dialect was not said: comma or tab. */
export function guessDelimiter(firstLine: string): string {
  const count = (delimiter: string) => firstLine.split(delimiter).length
  return count('\t') > count(',') ? '\t' : ','
}
