/** A record as it stands in the JSON file. */
export type JsonRecord = Readonly<Record<string, unknown>>

/** Count fields and the word for each, in the order of telling. */
const COUNTS: Record<string, string> = {
  MatchedCount: 'matched',
  InsertedCount: 'inserted',
  UpsertedCount: 'upserted',
  ModifiedCount: 'modified',
  DeletedCount: 'deleted',
}

/** Operations whose MatchedCount is said in another word. */
const MATCHED: Record<string, string> = {
  findOne: 'found',
  countDocuments: 'counted',
  estimatedDocumentCount: 'counted',
  distinct: 'values',
}

/** The name of a call, as it stands in code: `orders.find`. */
export function describeCall(record: JsonRecord): string {
  const owner = record.Collection ?? (record.DB ? 'db' : 'client')
  return `${owner}.${record.Operation}`
}

/** What an operation achieved, in a few words: `3 modified, 1 deleted`. */
export function describeResult(record: JsonRecord): string {
  if (record.Outcome === 'failure') return describeFailure(record)
  if (record.Outcome === 'unknown') return describeOpen(record)
  if (typeof record.Batches === 'number') return describeCursor(record)
  const word = MATCHED[String(record.Operation)]
  if (word) return `${record.MatchedCount} ${word}`
  const all = record.MatchedCount === record.ModifiedCount
  return Object.entries(COUNTS)
    .filter(([field]) => Number(record[field]) > 0)
    .filter(([field]) => !(all && field === 'MatchedCount'))
    .map(([field, word]) => `${record[field]} ${word}`)
    .join(', ')
}

/** It went on when the record was written, or the process ended before it. */
function describeOpen(record: JsonRecord): string {
  const state =
    typeof record.Iteration === 'number' ? 'still open' : 'its end is unknown'
  const { MatchedCount: fetched, Batches } = record
  return typeof Batches === 'number' ? `${fetched} read, ${state}` : state
}

function describeFailure(record: JsonRecord): string {
  const what = record.ErrorCode ?? record.ErrorType ?? 'unknown'
  return `failed: ${what}`
}

function describeCursor(record: JsonRecord): string {
  const { MatchedCount: fetched, ReturnedCount: returned, Batches } = record
  if (record.EndReason === 'closed') return `closed: ${returned} of ${fetched}`
  const batches = Batches === 1 ? '' : ` in ${Batches} batches`
  return `${fetched} read${batches}`
}

/** What it asked for: filter and update, or the error's message. */
export function describeRequest(record: JsonRecord): string {
  if (record.Outcome === 'failure') return visible(`${record.ErrorMessage}`)
  return [record.Filter, record.Update]
    .filter(value => value !== undefined)
    .map(value => visible(JSON.stringify(value)))
    .join(' → ')
}

/** Milliseconds below a second: `3.1 ms`, `1.24 s`. */
export function describeDuration(seconds: unknown): string {
  if (typeof seconds !== 'number') return ''
  if (seconds >= 1) return `${seconds.toFixed(2)} s`
  return `${(seconds * 1000).toFixed(1)} ms`
}

/** What `$stop` says of itself, in words. */
export function describeStop(record: JsonRecord): string {
  const { seen, recorded, handlers } = record.Options as StopFacts
  const lost = Object.values(handlers).reduce((sum, { lost }) => sum + lost, 0)
  return `${seen} operations in the driver (batches count): ${recorded} recorded, ${lost} lost`
}

interface StopFacts {
  seen: number
  recorded: number
  handlers: Record<string, { lost: number }>
}

/** No character that a terminal would obey. */
function visible(text: string): string {
  return text.replace(/\p{C}/gu, '·')
}
