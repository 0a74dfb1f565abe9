/** Severities by our levels; what is not here is debug. */
const SEVERITIES: Readonly<Record<string, number>> = {
  emerg: 0,
  alert: 1,
  critical: 2,
  crit: 2,
  fatal: 2,
  error: 3,
  warning: 4,
  warn: 4,
  notice: 5,
  info: 6,
}
const DEBUG = 7

/** The severity of RFC 5424 (6.2.1) for a level: 0 to 7. */
export function syslogSeverity(level: string): number {
  return SEVERITIES[level] ?? DEBUG
}
