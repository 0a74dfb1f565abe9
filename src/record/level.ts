/** A level's name, in lower case. */
export type Level =
  | 'off'
  | 'critical'
  | 'fatal'
  | 'crit'
  | 'emerg'
  | 'alert'
  | 'error'
  | 'warning'
  | 'warn'
  | 'notice'
  | 'info'
  | 'http'
  | 'verbose'
  | 'debug'
  | 'silly'
  | 'trace'
  | 'notset'

/**
 * Severity of every level name understood, winston's and Python's, higher is
 * more severe; `off` lets nothing through.
 */
export const LEVELS: Readonly<Record<Level, number>> = {
  off: 100,
  critical: 50,
  fatal: 50,
  crit: 50,
  emerg: 50,
  alert: 50,
  error: 40,
  warning: 30,
  warn: 30,
  notice: 25,
  info: 20,
  http: 17,
  verbose: 15,
  debug: 10,
  silly: 5,
  trace: 5,
  notset: 0,
}

/** True for a level's name, in lower case. */
export function isLevel(name: string): name is Level {
  return Object.hasOwn(LEVELS, name)
}

/** True when something said at `level` passes a threshold. */
export function passes(level: Level, threshold: Level): boolean {
  return threshold !== 'off' && LEVELS[level] >= LEVELS[threshold]
}
