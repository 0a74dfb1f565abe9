import { LEVELS, type Level } from '../record/level.ts'

/** Levels that winston's npm levels and syslog's have in common. */
const COMMON = ['error', 'warn', 'info', 'debug'] as const

/** Order of every level a transport may be given, as winston counts. */
export const WINSTON_LEVELS: Readonly<Record<string, number>> = {
  emerg: 0,
  alert: 0,
  crit: 0,
  critical: 0,
  fatal: 0,
  error: 0,
  warn: 1,
  warning: 1,
  notice: 2,
  info: 2,
  http: 3,
  verbose: 4,
  debug: 5,
  silly: 6,
  trace: 6,
}

/** The nearest level that every transport knows. */
export function winstonLevel(level: Level): string {
  return COMMON.find(common => LEVELS[level] >= LEVELS[common]) ?? 'debug'
}
