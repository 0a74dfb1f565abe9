const INFO = 9

/** OpenTelemetry's severity numbers by our levels. */
const SEVERITIES: Readonly<Record<string, number>> = {
  silly: 1,
  trace: 1,
  debug: 5,
  verbose: 6,
  http: 7,
  info: INFO,
  notice: 10,
  warn: 13,
  warning: 13,
  error: 17,
  critical: 21,
  crit: 21,
  fatal: 21,
  alert: 22,
  emerg: 24,
}

/** OpenTelemetry's `SeverityNumber` for a level: 1 to 24. */
export function otelSeverity(level: string): number {
  return SEVERITIES[level] ?? INFO
}
