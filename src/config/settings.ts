import type { Level } from '../record/level.ts'
import type {
  WatcherName,
  WatcherSettings,
} from '../watchers/watcher-settings.ts'

export type {
  FieldRule,
  WatcherName,
  WatcherSettings,
} from '../watchers/watcher-settings.ts'

/**
 * Whatever stands under `filters`, `formatters` or `handlers`, checked and
 * with camelCase keys (`outputRateSec`); free maps (`match`, `options`) are
 * as written.
 */
export type Plain = { readonly [key: string]: unknown }

/** Settings of one watcher as configured. */
export interface ConfiguredWatcher extends WatcherSettings {
  /** A MongoDB query on DB, Collection, Operation; matching is not watched. */
  readonly exclude: Plain | undefined
}

/** One entry of `handlers`, its own options still as written. */
export interface HandlerSettings {
  /** `console`, `file`, `winston.transports.X`. */
  readonly class: string | undefined
  /** A package or file to load instead of `class`, with `export`. */
  readonly module: string | undefined
  readonly level: Level
  readonly formatter: string | undefined
  readonly filters: readonly string[]
  /**
   * What else the entry says: camelCase (`maxBytes`, `onFailure`, `queue`),
   * sizes in bytes, durations in seconds; only `options` is as written.
   */
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
  readonly watchers: Readonly<Record<WatcherName, ConfiguredWatcher>>
  readonly formatters: Readonly<Record<string, Plain>>
  readonly filters: Readonly<Record<string, Plain>>
  readonly handlers: Readonly<Record<string, HandlerSettings>>
  readonly loggers: Readonly<Record<string, LoggerSettings>>
  /** Read the files again when they change; undefined when no file says. */
  readonly reload: boolean | undefined
  /** In the order of reading; empty when the defaults are used. */
  readonly files: readonly ConfigFile[]
  /** Files that `${file:…}` reads: `reload` follows them too. */
  readonly included?: readonly ConfigFile[]
}
