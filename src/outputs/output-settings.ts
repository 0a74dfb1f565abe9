import type { Level } from '../record/level.ts'
import type { Phase } from '../record/record.ts'

/** Level of each phase; `error` is for final iterations that failed. */
export type PhaseLevels = Readonly<Record<Phase | 'error', Level>>

/** One entry of `handlers`. */
export interface HandlerEntry {
  readonly class: string | undefined
  /** A package or file to load instead of `class`, with `export`. */
  readonly module: string | undefined
  readonly level: Level
  readonly formatter: string | undefined
  readonly filters: readonly string[]
  /** camelCase, as written: `{ maxBytes: '100MiB' }`. */
  readonly options: { readonly [key: string]: unknown }
}

/** One entry of `loggers`. */
export interface LoggerEntry {
  readonly level: Level | undefined
  readonly handlers: readonly string[]
  readonly propagate: boolean
}

/** The part of the configuration that outputs are made from. */
export interface OutputSettings {
  readonly watchers: Readonly<
    Record<string, { readonly logLevel: PhaseLevels }>
  >
  readonly handlers: Readonly<Record<string, HandlerEntry>>
  readonly loggers: Readonly<Record<string, LoggerEntry>>
}
