import type { FieldName } from '../record/fields.ts'
import type { Level } from '../record/level.ts'
import type { SnapshotLimits } from '../record/limits.ts'
import type { AuditRecord, Phase } from '../record/record.ts'

/** The driver's classes as the configuration names them. */
export type WatcherName =
  | 'collection'
  | 'cursor'
  | 'database'
  | 'client'
  | 'session'
  | 'bulk'
  | 'gridfs'

/** The logger of each watcher. */
export const LOGGERS = {
  collection: 'mongowatch.collection',
  cursor: 'mongowatch.cursor',
  database: 'mongowatch.database',
  client: 'mongowatch.client',
  session: 'mongowatch.session',
  bulk: 'mongowatch.bulk',
  gridfs: 'mongowatch.gridfs',
} as const satisfies Record<WatcherName, string>

/** Which field an argument or result goes to (`operations`). */
export interface FieldRule {
  /** A field's name; `null` leaves the argument out. */
  readonly to?: string | null
  /** Name of a cast, see `casts.ts`. */
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

/** What a watcher runs on: its settings, the `exclude` query compiled. */
export interface WatcherRules extends WatcherSettings {
  /** `false`: no handler takes first iterations. @default true */
  readonly emitsFirst?: boolean
  /** True for operations that are not watched. Looks at names only. */
  readonly excludes?: (
    names: Pick<AuditRecord, 'DB' | 'Collection' | 'Operation'>,
  ) => boolean
}
