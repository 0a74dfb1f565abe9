import type { AuditRecord } from '../record/record.ts'
import type { ResultReader } from './operation-spec.ts'
import { peek, peekOption } from './peek.ts'

/** The fields that count documents, with the driver's names for them. */
const COUNTS = [
  ['MatchedCount', 'matchedCount', 'nMatched'],
  ['InsertedCount', 'insertedCount', 'nInserted'],
  ['UpsertedCount', 'upsertedCount', 'nUpserted'],
  ['ModifiedCount', 'modifiedCount', 'nModified'],
  ['DeletedCount', 'deletedCount', 'nRemoved'],
] as const

/**
 * The counts of a write's result. A write that was not acknowledged (w: 0) has
 * none, whatever the result says.
 */
export const writeCounts: ResultReader = (record, result) => {
  if (peek(result, 'acknowledged') === false) return
  for (const [field, name, old] of COUNTS) {
    const count = peek(result, name) ?? peek(result, old)
    if (typeof count === 'number') record[field] = count
  }
}

/** One document was inserted, if that was acknowledged. */
export const insertedOne: ResultReader = (record, result) => {
  if (peek(result, 'acknowledged') !== false) record.InsertedCount = 1
}

/** The result is how many matched. */
export const matchedNumber: ResultReader = (record, result) => {
  if (typeof result === 'number') record.MatchedCount = result
}

/** The result is a list of what matched. */
export const matchedLength: ResultReader = (record, result) => {
  if (Array.isArray(result)) record.MatchedCount = result.length
}

/** The result is the document that matched, or nothing. */
export const matchedOne: ResultReader = (record, result) => {
  record.MatchedCount = result === null || result === undefined ? 0 : 1
}

/**
 * Of `findOneAndX`, whose result is the document or, with
 * `includeResultMetadata` and before 6.0, the server's answer.
 */
export function foundAnd(
  changed: 'ModifiedCount' | 'DeletedCount',
): ResultReader {
  return (record, result, options) => {
    const answer = peek(result, 'lastErrorObject')
    if (typeof answer === 'object' && answer !== null) {
      countAnswer(record, changed, result, answer)
      return
    }
    const found = result !== null && result !== undefined
    // an upsert that gives the new document looks like a match
    if (found && peekOption(options, 'upsert') === true && givesNew(options))
      return
    record.MatchedCount = found ? 1 : 0
    record[changed] = found ? 1 : 0
    if (!found && peekOption(options, 'upsert') === true)
      record.UpsertedCount = 1
  }
}

function countAnswer(
  record: AuditRecord,
  changed: 'ModifiedCount' | 'DeletedCount',
  result: unknown,
  answer: object,
): void {
  const upserted = peek(answer, 'upserted') !== undefined
  const found =
    peek(answer, 'updatedExisting') === true ||
    (changed === 'DeletedCount' && (peek(result, 'value') ?? null) !== null)
  record.MatchedCount = found ? 1 : 0
  record[changed] = found ? 1 : 0
  if (upserted) record.UpsertedCount = 1
}

function givesNew(options: unknown): boolean {
  return (
    peekOption(options, 'returnDocument') === 'after' ||
    peekOption(options, 'returnOriginal') === false
  )
}
