import type { FieldName } from '../record/fields.ts'
import { DEFAULT_LIMITS } from '../record/limits.ts'
import type {
  ConfiguredWatcher,
  HandlerSettings,
  LoggerSettings,
  Plain,
  WatcherName,
} from './settings.ts'

/** Every watcher, in the order of the file. */
export const WATCHER_NAMES: readonly WatcherName[] = [
  'collection',
  'cursor',
  'database',
  'client',
  'session',
  'bulk',
  'gridfs',
]

/** Absent unless the operation failed. */
const ERROR_FIELDS: readonly FieldName[] = [
  'ErrorType',
  'ErrorCode',
  'ErrorMessage',
]

const DEFAULT_FIELDS: readonly FieldName[] = [
  'DB',
  'Collection',
  'Operation',
  'Filter',
  'Duration',
  'MatchedCount',
  'InsertedCount',
  'UpsertedCount',
  'ModifiedCount',
  'DeletedCount',
  'Outcome',
  ...ERROR_FIELDS,
]

/** A watcher of which the configuration says nothing. */
export const DEFAULT_WATCHER: ConfiguredWatcher = {
  enabled: true,
  timeoutSec: 10,
  logLevel: {
    first: 'debug',
    update: 'debug',
    final: 'info',
    timeout: 'info',
    error: 'warn',
  },
  defaultFields: DEFAULT_FIELDS,
  exclude: undefined,
  limits: DEFAULT_LIMITS,
  emitOnNewRetrieves: true,
  operations: {},
  result: undefined,
  undefinedArguments: undefined,
}

/** What is different for single watchers before the configuration speaks. */
export const WATCHER_DEFAULTS: Readonly<
  Partial<Record<WatcherName, Partial<ConfiguredWatcher>>>
> = {
  cursor: {
    defaultFields: [
      'DB',
      'Collection',
      'Operation',
      'Filter',
      'Duration',
      'MatchedCount',
      'ReturnedCount',
      'Batches',
      'EndReason',
      'Outcome',
      ...ERROR_FIELDS,
    ],
  },
}

/** The formatter of a console or file handler that names none. */
export const DEFAULT_FORMATTERS: Readonly<Record<string, Plain>> = {
  line: { type: 'line', format: '{asctime} {name} {watch}' },
}

/** What is used without any `handlers`: stderr from level info. */
export const DEFAULT_HANDLERS: Readonly<Record<string, HandlerSettings>> = {
  console: {
    class: 'console',
    module: undefined,
    level: 'info',
    formatter: 'line',
    filters: [],
    options: { stream: 'stderr' },
  },
}

/** Without `loggers` every handler gets everything from level info. */
export function defaultLoggers(
  handlers: readonly string[],
): Record<string, LoggerSettings> {
  return { mongowatch: { level: 'info', handlers, propagate: true } }
}
