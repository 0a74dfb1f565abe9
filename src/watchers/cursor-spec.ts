import type { SnapshotLimits } from '../record/limits.ts'
import { snapshot } from '../record/snapshot.ts'
import { snapshotCommand } from '../record/snapshot-command.ts'
import { peek } from './peek.ts'
import { pickOptions } from './pick-options.ts'

/** What there is to know about one of the driver's cursor classes. */
export interface CursorSpec {
  /** The method that makes such a cursor. */
  readonly operation: string
  /**
   * The property that says what is read: its name in newer drivers, or the
   * description of its symbol in older ones.
   */
  readonly filter?: readonly string[]
  /** The filter is a command, whose secrets have rules of their own. */
  readonly isCommand?: boolean
  /** Properties that hold the options, found like `filter`. */
  readonly options: readonly string[]
  /** Belongs to something that is observed itself. */
  readonly isInner?: boolean
}

const COMMON = ['cursorOptions', 'options']

/** Cursor classes by name. */
export const CURSORS: Readonly<Record<string, CursorSpec>> = {
  FindCursor: {
    operation: 'find',
    filter: ['cursorFilter', 'filter'],
    options: ['findOptions', 'builtOptions', ...COMMON],
  },
  AggregationCursor: {
    operation: 'aggregate',
    filter: ['pipeline'],
    options: ['aggregateOptions', ...COMMON],
  },
  ListSearchIndexesCursor: {
    operation: 'listSearchIndexes',
    filter: ['pipeline'],
    options: ['aggregateOptions', ...COMMON],
  },
  ListIndexesCursor: { operation: 'listIndexes', options: COMMON },
  ListCollectionsCursor: {
    operation: 'listCollections',
    filter: ['filter'],
    options: COMMON,
  },
  RunCommandCursor: {
    operation: 'runCursorCommand',
    filter: ['command'],
    isCommand: true,
    options: ['getMoreOptions'],
  },
  ChangeStreamCursor: {
    operation: 'watch',
    filter: ['pipeline'],
    options: COMMON,
    isInner: true,
  },
  ClientBulkWriteCursor: {
    operation: 'bulkWrite',
    options: [],
    isInner: true,
  },
}

/** What a cursor reads, as a bounded copy. */
export function cursorFilter(
  cursor: object,
  spec: CursorSpec,
  limits: SnapshotLimits,
): unknown {
  const value = findProperties(cursor, spec.filter ?? [])[0]
  if (value === undefined) return undefined
  return spec.isCommand
    ? snapshotCommand(value, limits)
    : snapshot(value, limits)
}

/** The options of a cursor, its builder's (`sort`, `limit` …) among them. */
export function cursorOptions(
  cursor: object,
  spec: CursorSpec,
  limits: SnapshotLimits,
): unknown {
  return pickOptions(findProperties(cursor, spec.options), limits)
}

function findProperties(
  cursor: object,
  names: readonly string[],
): readonly unknown[] {
  const found: unknown[] = []
  for (const name of names) {
    // its own only: `filter` is also a method of cursors
    if (Object.hasOwn(cursor, name)) found.push(peek(cursor, name))
  }
  if (found.length > 0) return found
  for (const symbol of Object.getOwnPropertySymbols(cursor)) {
    if (names.includes(symbol.description ?? '')) {
      found.push(peek(cursor, symbol))
    }
  }
  return found
}
