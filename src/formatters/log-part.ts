import type { AuditRecord } from '../record/record.ts'
import { createLogText } from './date-text.ts'
import { compileStrftime } from './strftime.ts'

/** A part of a log line that is not a field of the record. */
export type LogPart = (record: AuditRecord) => string

/** How dates are written. */
export interface DateSettings {
  /** UTC or local time. */
  readonly utc: boolean
  /** Python's strftime; without it `2026-11-25 01:02:03,456`. */
  readonly datefmt?: string | undefined
}

/** Python's names of levels where they differ from the upper case of ours. */
const LEVEL_NAMES: Record<string, string> = {
  warn: 'WARNING',
  crit: 'CRITICAL',
  fatal: 'CRITICAL',
}

/** What Python's logging gives to its templates, by its names. */
const PARTS = new Map<string, (dates: DateSettings) => LogPart>([
  ['asctime', createTime],
  ['name', () => record => record._logger],
  ['WatcherName', () => record => record._logger],
  ['levelname', () => levelName],
  ['process', () => record => String(record.PID ?? process.pid)],
])

/** The names of all parts. */
export const LOG_PART_NAMES: readonly string[] = [...PARTS.keys()]

/** The part of this name, if there is one. */
export function createLogPart(
  name: string,
  dates: DateSettings,
): LogPart | undefined {
  return PARTS.get(name)?.(dates)
}

function createTime({ utc, datefmt }: DateSettings): LogPart {
  const text =
    datefmt === undefined ? createLogText(utc) : compileStrftime(datefmt, utc)
  return record => text(timeOf(record))
}

/** When this iteration was true: its end, or as long after its start. */
function timeOf({ StartTime, EndTime, WallTime }: AuditRecord): Date {
  if (EndTime instanceof Date) return EndTime
  if (typeof WallTime !== 'number') return StartTime
  return new Date(StartTime.getTime() + WallTime * 1000)
}

function levelName({ _level }: AuditRecord): string {
  return LEVEL_NAMES[_level] ?? _level.toUpperCase()
}
