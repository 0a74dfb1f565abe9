import type { AuditRecord } from '../record/record.ts'
import type { RecordFilter } from './filter.ts'
import { compileWithLibrary } from './match-library.ts'
import { checkQuery, type Query } from './match-query.ts'
import { compileSimpleQuery } from './match-simple.ts'
import { createVerdict, type ExceptionResult } from './verdict.ts'

/** Settings of a `match` filter. */
export interface MatchOptions {
  /** A query in MongoDB's language on the fields of a record. */
  readonly match: Query
  /** What becomes of a record that it fails on. @default 'keep' */
  readonly exceptionResult?: ExceptionResult
}

/** Lets the records through that match a MongoDB query. */
export function createMatch(name: string, options: MatchOptions): RecordFilter {
  const test = compileMatch(options.match)
  return createVerdict(name, options.exceptionResult ?? 'keep', test)
}

/**
 * Makes a MongoDB query on the fields of records a function. A query that
 * only compares whole fields with single values is compiled here and loads
 * nothing: it is what `exclude` needs at every operation.
 */
export function compileMatch(
  query: Query,
): (record: Partial<AuditRecord>) => boolean {
  const checked = checkQuery(query)
  return compileSimpleQuery(checked.query) ?? compileWithLibrary(checked)
}
