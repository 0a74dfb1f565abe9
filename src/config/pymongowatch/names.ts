import { LEVELS, type Level } from '../../record/level.ts'

/** `find_one` as `findOne`. */
export function camelName(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) =>
    letter.toUpperCase(),
  )
}

/** Fields of early versions of pymongowatch. */
const OLD_FIELDS: Readonly<Record<string, string>> = {
  Query: 'Filter',
  RetrievedCount: 'MatchedCount',
  RetrieveTime: 'Duration',
}

/** A field's name today. */
export function fieldName(name: string): string {
  return entryOf(OLD_FIELDS, name) ?? name
}

/** Loggers of pymongowatch begin with this. */
const LOGGER = /^pymongo\.watcher(?=$|\.)/

/** `pymongo.watcher.cursor` as `mongowatch.cursor`; others have none. */
export function loggerName(name: string): string | undefined {
  if (LOGGER.test(name)) return name.replace(LOGGER, 'mongowatch')
  return /^(root$|mongowatch($|\.))/.test(name) ? name : undefined
}

/** From the lowest. */
const BY_SEVERITY: readonly Level[] = [
  ...(['notset', 'trace', 'debug', 'verbose', 'http', 'info'] as const),
  ...(['notice', 'warning', 'error', 'critical'] as const),
]

/**
 * The lowest level that passes what Python allows to be written as a number:
 * 30 is `warning`, 25 `notice`, and nothing passes 51.
 */
export function levelName(number: number): Level {
  return BY_SEVERITY.find(level => LEVELS[level] >= number) ?? 'off'
}

/** `ext://a.b.C` or `a.b.C` as `C`. */
export function lastName(path: string): string {
  return (
    path
      .replace(/^ext:\/\//, '')
      .split('.')
      .at(-1) ?? ''
  )
}

/** What a table has under a name that a file gives, which may be any name. */
export function entryOf<T>(
  table: Readonly<Record<string, T>>,
  name: string,
): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
