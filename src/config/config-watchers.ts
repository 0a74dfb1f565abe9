// Written by `npm run schema` from etc/mongowatch.schema.json; do not edit.

import type {
  FieldNameConfig,
  FilledFieldConfig,
  LevelConfig,
  SizeConfig,
} from './config-common.ts'

export interface WatchersConfig {
  /** For every watcher. */
  readonly global?: WatcherConfig
  /** Methods of collections. */
  readonly collection?: WatcherConfig
  /** What `find`, `aggregate`, `listIndexes`, `watch` and others return. */
  readonly cursor?: CursorWatcherConfig
  /** Methods of databases. */
  readonly database?: WatcherConfig
  /** Methods of clients. */
  readonly client?: WatcherConfig
  /** Transactions. */
  readonly session?: WatcherConfig
  /** Bulk write builders. */
  readonly bulk?: WatcherConfig
  /** GridFS buckets and their streams. */
  readonly gridfs?: WatcherConfig
}

export interface WatcherConfig {
  /** `false` switches the watcher off. @default true */
  readonly enabled?: boolean
  /** Seconds after which an operation that is still open is written as it stands, at level `timeout`; it goes on being watched. @default 10 */
  readonly timeout_sec?: number
  /** The level of each phase of a record. */
  readonly log_level?: LogLevelsConfig
  /** The fields `{watch}` prints, in this order. */
  readonly default_fields?: readonly FieldNameConfig[]
  /** Never watched: a MongoDB query on DB, Collection and Operation. `{}` would be everything, and is a mistake: leave it out to exclude nothing. */
  readonly exclude?: { readonly [name: string]: unknown }
  /** Bounds of the copied values (Filter, Update, Options); what is beyond leaves a mark. */
  readonly limits?: LimitsConfig
  /** Which argument, or the result (`_result`), goes to which field, per method of the driver's class. */
  readonly operations?: {
    readonly [name: string]: { readonly [name: string]: FieldRuleConfig } | null
  } | null
  /** Where a result goes that no rule names. */
  readonly result?: FieldRuleConfig
  /** Where arguments go that no rule names: `to: null` nowhere; `{}` each under its own name. */
  readonly undefined_arguments?: FieldRuleConfig
}

export interface CursorWatcherConfig {
  /** `false` switches the watcher off. @default true */
  readonly enabled?: boolean
  /** Seconds after which an operation that is still open is written as it stands, at level `timeout`; it goes on being watched. @default 10 */
  readonly timeout_sec?: number
  /** The level of each phase of a record. */
  readonly log_level?: LogLevelsConfig
  /** The fields `{watch}` prints, in this order. */
  readonly default_fields?: readonly FieldNameConfig[]
  /** Never watched: a MongoDB query on DB, Collection and Operation. `{}` would be everything, and is a mistake: leave it out to exclude nothing. */
  readonly exclude?: { readonly [name: string]: unknown }
  /** Bounds of the copied values (Filter, Update, Options); what is beyond leaves a mark. */
  readonly limits?: LimitsConfig
  /** Hand over an iteration at each new batch. @default true */
  readonly emit_on_new_retrieves?: boolean
  /** Which argument, or the result (`_result`), goes to which field, per method of the driver's class. */
  readonly operations?: {
    readonly [name: string]: { readonly [name: string]: FieldRuleConfig } | null
  } | null
  /** Where a result goes that no rule names. */
  readonly result?: FieldRuleConfig
  /** Where arguments go that no rule names: `to: null` nowhere; `{}` each under its own name. */
  readonly undefined_arguments?: FieldRuleConfig
}

export interface LogLevelsConfig {
  /** When an operation begins. @default "debug" */
  readonly first?: LevelConfig
  /** At each new batch of a cursor. @default "debug" */
  readonly update?: LevelConfig
  /** When it has ended. @default "info" */
  readonly final?: LevelConfig
  /** When it is still open after `timeout_sec`. @default "info" */
  readonly timeout?: LevelConfig
  /** When it has ended with Outcome failure. @default "warn" */
  readonly error?: LevelConfig
}

export interface LimitsConfig {
  /** Documents and arrays inside one another. @default 12 */
  readonly depth?: number
  /** Keys of one document. @default 200 */
  readonly keys?: number
  /** Elements of one array. @default 100 */
  readonly array?: number
  /** Characters of one string. @default 1024 */
  readonly string?: number
  /** The whole value, about. @default 16384 */
  readonly bytes?: SizeConfig
}

export interface FieldRuleConfig {
  /** The field. `_result` is private: filters may use it, nothing prints it. `null` leaves it out. Without it: its own name, inside Options when that is no field. A value that the field cannot hold goes where it goes without a rule. */
  readonly to?: FilledFieldConfig | '_result' | null
  /** `length`: how many elements or keys; `one_if_not_null`: 1 for a value, 0 for null; `one_if_true`: 1 or 0; `string`: as text, not for documents. */
  readonly cast?: 'length' | 'one_if_not_null' | 'one_if_true' | 'string'
  /** A constant in place of the argument or result. */
  readonly value?: unknown
}
