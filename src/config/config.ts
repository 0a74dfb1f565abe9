// Written by `npm run schema` from etc/mongowatch.schema.json; do not edit.

import type { LevelConfig } from './config-common.ts'
import type { FilterConfig } from './config-filters.ts'
import type { FormatterConfig } from './config-formatters.ts'
import type { HandlerConfig } from './config-handlers.ts'
import type { WatchersConfig } from './config-watchers.ts'

/** The configuration of mongowatch. Keys are snake_case, units are in the names. */
export interface MongowatchConfig {
  /** The version of this form; there is only 1. @default 1 */
  readonly version?: 1
  /** Read the files again when they change, without a restart. A file that is wrong then leaves the old settings as they are. @default false */
  readonly reload?: boolean
  /** What is watched, and what its records hold. `global` is for all; every other entry is laid over it. */
  readonly watchers?: WatchersConfig
  /** How a record becomes a line, by a name of your own. */
  readonly formatters?: { readonly [name: string]: FormatterConfig } | null
  /** Which records pass, and what is hidden in them, by a name of your own. */
  readonly filters?: { readonly [name: string]: FilterConfig } | null
  /** Where records go, by a name of your own. */
  readonly handlers?: { readonly [name: string]: HandlerConfig } | null
  /** The same section as `handlers`, by winston's name for it. */
  readonly transports?: { readonly [name: string]: HandlerConfig } | null
  /** Which handlers get the records of which watcher. Without this section every handler gets all of them from level info. */
  readonly loggers?: LoggersConfig
}

export interface LoggersConfig {
  /** Above all loggers. */
  readonly root?: LoggerConfig
  /** All records. */
  readonly mongowatch?: LoggerConfig
  /** Of collections. */
  readonly 'mongowatch.collection'?: LoggerConfig
  /** Of cursors. */
  readonly 'mongowatch.cursor'?: LoggerConfig
  /** Of databases. */
  readonly 'mongowatch.database'?: LoggerConfig
  /** Of clients. */
  readonly 'mongowatch.client'?: LoggerConfig
  /** Of transactions. */
  readonly 'mongowatch.session'?: LoggerConfig
  /** Of bulk write builders. */
  readonly 'mongowatch.bulk'?: LoggerConfig
  /** Of GridFS. */
  readonly 'mongowatch.gridfs'?: LoggerConfig
  /** $start, $stop, $drop, $reload, $error. */
  readonly 'mongowatch.lifecycle'?: LoggerConfig
}

export interface LoggerConfig {
  /** Records below it are not taken; without it the level of the logger above, and info at the top. */
  readonly level?: LevelConfig
  /** Names from `handlers`. */
  readonly handlers?: readonly string[]
  /** Whether the handlers of the logger above get the records too. @default true */
  readonly propagate?: boolean
}
