import type { FieldName } from '../record/fields.ts'
import type { Level } from '../record/level.ts'
import type { SnapshotLimits } from '../record/limits.ts'
import type { Phase } from '../record/record.ts'

/** The driver's classes as the configuration names them. */
export type WatcherName =
  | 'collection'
  | 'cursor'
  | 'database'
  | 'client'
  | 'session'
  | 'bulk'
  | 'gridfs'

/** Whatever stands under `filters`, `formatters` or `handlers`, checked. */
export type Plain = { readonly [key: string]: unknown }

/** Which field an argument or result goes to (`operations`). */
export interface FieldRule {
  /** A field's name; `null` leaves the argument out. */
  readonly to?: string | null
  /** Name of a cast: `length`, `one_if_not_null` … */
  readonly cast?: string
  /** A constant instead of the argument or result. */
  readonly value?: unknown
}

/** Settings of one watcher, `watchers.global` already merged in. */
export interface WatcherSettings {
  readonly enabled: boolean
  /** Seconds until an open operation is written as it stands. */
  readonly timeoutSec: number
  /** Level per phase; `error` is for final records that failed. */
  readonly logLevel: Readonly<Record<Phase | 'error', Level>>
  readonly defaultFields: readonly FieldName[]
  /** A MongoDB query on DB, Collection, Operation; matching is not watched. */
  readonly exclude: Plain | undefined
  readonly limits: SnapshotLimits
  /** Hand over an iteration at each new batch of a cursor. */
  readonly emitOnNewRetrieves: boolean
  /** Per method: argument name (or `_result`) to field. */
  readonly operations: Readonly<
    Record<string, Readonly<Record<string, FieldRule>>>
  >
  /** For results that no rule names. */
  readonly result: FieldRule | undefined
  /** For arguments that no rule names. */
  readonly undefinedArguments: FieldRule | undefined
}

/** One entry of `handlers`, its own options still as written. */
export interface HandlerSettings {
  /** `console`, `file`, `otlp`, `syslog`, `winston.transports.X`. */
  readonly class: string | undefined
  /** A package or file to load instead of `class`, with `export`. */
  readonly module: string | undefined
  readonly level: Level
  readonly formatter: string | undefined
  readonly filters: readonly string[]
  /** camelCase; e.g. filename, maxBytes, stream, options, guarantee. */
  readonly options: Plain
}

/** One entry of `loggers`. */
export interface LoggerSettings {
  readonly level: Level | undefined
  readonly handlers: readonly string[]
  readonly propagate: boolean
}

/** A file that was read. */
export interface ConfigFile {
  readonly path: string
  /** SHA-256 of its bytes, hex. */
  readonly digest: string
}

/** The checked configuration. */
export interface Settings {
  readonly watchers: Readonly<Record<WatcherName, WatcherSettings>>
  readonly formatters: Readonly<Record<string, Plain>>
  readonly filters: Readonly<Record<string, Plain>>
  readonly handlers: Readonly<Record<string, HandlerSettings>>
  readonly loggers: Readonly<Record<string, LoggerSettings>>
  /** Read the files again when they change. */
  readonly reload: boolean
  /** In the order of reading; empty when the defaults are used. */
  readonly files: readonly ConfigFile[]
}
