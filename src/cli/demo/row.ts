import type { Paint } from '../paint.ts'
import {
  describeCall,
  describeDuration,
  describeRequest,
  describeResult,
  type JsonRecord,
} from './result.ts'

/** From this many seconds on a duration is shown as slow. */
const SLOW = 0.1

/** What a row begins with, by Outcome. */
const MARKS = {
  success: (paint: Paint) => paint('green', '✓'),
  failure: (paint: Paint) => paint('red', '✗'),
  unknown: (paint: Paint) => paint('yellow', '…'),
}

/** How rows are shown. */
export interface RowStyle {
  paint: Paint
  /** Columns of the terminal; `Infinity` where nothing is cut. */
  width: number
}

/** The line above the rows. */
export function formatHeader({ paint, width }: RowStyle): string {
  const [call, result, request] = widths(width)
  const cells = [
    `  ${fit('CALL', call)}`,
    `${'TIME'.padStart(8)}`,
    fit('RESULT', result),
    fit('FILTER, UPDATE', request),
  ]
  return paint('dim', cells.join('  ').trimEnd())
}

/** One record as one aligned line. */
export function formatRow(record: JsonRecord, style: RowStyle): string {
  const { paint, width } = style
  const [call, result, request] = widths(width)
  const failed = record.Outcome === 'failure'
  const slow = Number(record.Duration) > SLOW
  const time = describeDuration(record.Duration).padStart(8)
  const cells = [
    `${markOf(record, paint)} ${fit(describeCall(record), call)}`,
    slow ? paint('yellow', time) : time,
    colour(fit(describeResult(record), result), failed ? 'red' : 'cyan'),
    colour(fit(describeRequest(record), request), 'dim'),
  ]
  return cells.join('  ').trimEnd()

  function colour(text: string, name: 'red' | 'cyan' | 'dim'): string {
    return text.trim() === '' ? text : paint(name, text)
  }
}

/** None for a record whose handler leaves the field out. */
function markOf({ Outcome }: JsonRecord, paint: Paint): string {
  const mark = Object.entries(MARKS).find(([name]) => name === Outcome)
  return mark === undefined ? ' ' : mark[1](paint)
}

/** Columns of the call, the result and the rest, which is dropped if narrow. */
function widths(width: number): [number, number, number] {
  const call = width < 100 ? 25 : 30
  const result = width < 60 ? Math.max(0, width - call - 14) : 21
  const request = width - call - result - 16
  return [call, result, request < 8 ? 0 : request]
}

/** Exactly so wide: filled up with spaces or cut with an ellipsis. */
function fit(text: string, width: number): string {
  if (width === Number.POSITIVE_INFINITY) return text
  if (text.length <= width) return text.padEnd(width)
  return width === 0 ? '' : `${text.slice(0, width - 1)}…`
}
