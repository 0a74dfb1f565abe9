import { addedFields } from '../record/added-fields.ts'
import { jsonString } from '../record/escape.ts'
import { headOf } from '../record/marks.ts'
import type { AuditRecord } from '../record/record.ts'
import {
  integerOf,
  numberOf,
  summaryOf,
  textOf,
  userOf,
} from './field-value.ts'
import { operationKind } from './operation-kind.ts'
import { queryText } from './query-text.ts'
import { parseServer } from './server-address.ts'

type Value = string | number | undefined

/** One attribute: how its JSON begins, and where its value comes from. */
interface Attribute {
  readonly start: string
  read(record: AuditRecord): Value
}

const SUMMARY_LENGTH = 255

const RESOURCE = compile({
  'service.name': record => textOf(record.AppName) ?? 'unknown_service:node',
  'host.name': record => textOf(record.Host),
  'process.pid': record => integerOf(record.PID),
})

/** By OpenTelemetry's conventions for databases. */
const CONVENTIONAL = compile({
  'db.system.name': () => 'mongodb',
  'db.namespace': record => textOf(record.DB),
  'db.collection.name': record => textOf(record.Collection),
  'db.operation.name': record => textOf(record.Operation),
  'db.operation.batch.size': batchSize,
  'db.query.summary': querySummary,
  'db.query.text': ({ Filter }) =>
    Filter === undefined ? undefined : queryText(Filter),
  'db.response.returned_rows': returnedRows,
  'db.response.status_code': statusCode,
  'error.type': record =>
    record.Outcome === 'failure'
      ? (statusCode(record) ?? textOf(record.ErrorType))
      : undefined,
  'server.address': record => parseServer(record.Server)?.host,
  'server.port': record => parseServer(record.Server)?.port,
  'thread.id': record => integerOf(record.Thread),
  'user.name': userOf,
  'log.record.uid': record => `${record.WatchID}:${record.Iteration}`,
})

/** What they have no name for. */
const OURS = compile({
  'mongowatch.watch_id': record => textOf(record.WatchID),
  'mongowatch.iteration': record => textOf(record.Iteration),
  'mongowatch.logger': record => record._logger,
  'mongowatch.outcome': record => textOf(record.Outcome),
  'mongowatch.duration': record => numberOf(record.Duration),
  'mongowatch.wall_time': record => numberOf(record.WallTime),
  'mongowatch.filter': record => textOf(record.Filter),
  'mongowatch.update': record => textOf(record.Update),
  'mongowatch.options': record => textOf(record.Options),
  'mongowatch.matched_count': record => integerOf(record.MatchedCount),
  'mongowatch.inserted_count': record => integerOf(record.InsertedCount),
  'mongowatch.upserted_count': record => integerOf(record.UpsertedCount),
  'mongowatch.modified_count': record => integerOf(record.ModifiedCount),
  'mongowatch.deleted_count': record => integerOf(record.DeletedCount),
  'mongowatch.batches': record => integerOf(record.Batches),
  'mongowatch.end_reason': record => textOf(record.EndReason),
  'mongowatch.error_type': record => textOf(record.ErrorType),
  'mongowatch.error_message': record => textOf(record.ErrorMessage),
  'mongowatch.session': record => textOf(record.Session),
  'mongowatch.transaction': record => integerOf(record.Transaction),
  'mongowatch.driver': record => textOf(record.Driver),
  'mongowatch.seq': record => integerOf(record.Seq),
  'mongowatch.caller': record => textOf(record.Caller),
  'mongowatch.shape': record => textOf(record.Shape),
  'mongowatch.shape_hash': record => textOf(record.ShapeHash),
  'mongowatch.hash': record => textOf(record.Hash),
  'mongowatch.suppressed': record => integerOf(record.Suppressed),
})

/** What produced the record, as JSON: the process. */
export function otelResource(record: AuditRecord): string {
  return `[${attributesText(RESOURCE, record).slice(1)}]`
}

/** The record as JSON: a list of attributes in OTLP's form. */
export function otelAttributes(record: AuditRecord): string {
  let text = attributesText(CONVENTIONAL, record) + attributesText(OURS, record)
  for (const [name, value] of addedFields(record)) {
    const start = startText(`mongowatch.${name}`)
    text += start + valueText(numberOf(value) ?? textOf(value) ?? '')
  }
  return `[${text.slice(1)}]`
}

function compile(
  readers: Readonly<Record<string, (record: AuditRecord) => Value>>,
): Attribute[] {
  return Object.entries(readers).map(([key, read]) => ({
    start: startText(key),
    read,
  }))
}

function startText(key: string): string {
  return `,{"key":${jsonString(key)},"value":`
}

function attributesText(
  attributes: readonly Attribute[],
  record: AuditRecord,
): string {
  let text = ''
  for (const { start, read } of attributes) {
    const value = read(record)
    if (value !== undefined) text += start + valueText(value)
  }
  return text
}

/** A 64-bit integer is text in OTLP JSON. */
function valueText(value: string | number): string {
  if (typeof value === 'string') return `{"stringValue":${jsonString(value)}}}`
  return Number.isSafeInteger(value)
    ? `{"intValue":"${value}"}}`
    : `{"doubleValue":${value}}}`
}

/** Not set for a batch of one, as the conventions want it. */
function batchSize({ OperationCount }: AuditRecord): number | undefined {
  const size = integerOf(OperationCount)
  return size === 1 ? undefined : size
}

function querySummary(record: AuditRecord): string {
  const collection = textOf(record.Collection)
  const summary =
    collection === undefined
      ? summaryOf(record)
      : `${textOf(record.Operation)} ${collection}`
  return headOf(summary, SUMMARY_LENGTH)
}

function returnedRows(record: AuditRecord): number | undefined {
  const returned = integerOf(record.ReturnedCount)
  if (returned !== undefined || operationKind(record) !== 'query') {
    return returned
  }
  return integerOf(record.MatchedCount)
}

function statusCode(record: AuditRecord): string | undefined {
  return record.Outcome === 'failure' ? textOf(record.ErrorCode) : undefined
}
