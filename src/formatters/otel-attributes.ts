import type { AuditRecord } from '../record/record.ts'
import {
  addedValues,
  integerOf,
  numberOf,
  summaryOf,
  textOf,
  userOf,
} from './field-value.ts'
import { operationKind } from './operation-kind.ts'
import { queryText } from './query-text.ts'
import { parseServer } from './server-address.ts'

/** A key and its value as OTLP JSON has them. */
export interface OtelAttribute {
  readonly key: string
  readonly value: OtelValue
}

type OtelValue =
  | { readonly stringValue: string }
  | { readonly intValue: string }
  | { readonly doubleValue: number }

type Values = { readonly [key: string]: string | number | undefined }

/** Attributes whose numbers are doubles even when they happen to be whole. */
const DOUBLES = new Set(['mongowatch.duration', 'mongowatch.wall_time'])
const SUMMARY_LENGTH = 255

/** What produced the record: the process, by the semantic conventions. */
export function otelResource(record: AuditRecord): OtelAttribute[] {
  return attributes({
    'service.name': textOf(record.AppName) ?? 'unknown_service:node',
    'host.name': textOf(record.Host),
    'process.pid': integerOf(record.PID),
  })
}

/** The record by the database conventions, the rest as `mongowatch.*`. */
export function otelAttributes(record: AuditRecord): OtelAttribute[] {
  return attributes({ ...conventional(record), ...ours(record) })
}

function conventional(record: AuditRecord): Values {
  const server = parseServer(record.Server)
  const failed = record.Outcome === 'failure'
  const code = textOf(record.ErrorCode)
  return {
    'db.system.name': 'mongodb',
    'db.namespace': textOf(record.DB),
    'db.collection.name': textOf(record.Collection),
    'db.operation.name': textOf(record.Operation),
    'db.operation.batch.size': batchSize(record.OperationCount),
    'db.query.summary': querySummary(record),
    'db.query.text':
      record.Filter === undefined ? undefined : queryText(record.Filter),
    'db.response.returned_rows': returnedRows(record),
    'db.response.status_code': failed ? code : undefined,
    'error.type': failed ? (code ?? textOf(record.ErrorType)) : undefined,
    'server.address': server?.host,
    'server.port': server?.port,
    'thread.id': integerOf(record.Thread),
    'user.name': userOf(record),
    'log.record.uid': `${record.WatchID}:${record.Iteration}`,
  }
}

/** Not set for a batch of one, as the conventions want it. */
function batchSize(count: unknown): number | undefined {
  const size = integerOf(count)
  return size === 1 ? undefined : size
}

function querySummary(record: AuditRecord): string {
  const collection = textOf(record.Collection)
  const summary =
    collection === undefined
      ? summaryOf(record)
      : `${record.Operation} ${collection}`
  return summary.slice(0, SUMMARY_LENGTH)
}

function returnedRows(record: AuditRecord): number | undefined {
  const returned = integerOf(record.ReturnedCount)
  if (returned !== undefined || operationKind(record) !== 'query') {
    return returned
  }
  return integerOf(record.MatchedCount)
}

function ours(record: AuditRecord): Values {
  const values: Record<string, string | number | undefined> = {
    watch_id: textOf(record.WatchID),
    iteration: textOf(record.Iteration),
    logger: record._logger,
    outcome: textOf(record.Outcome),
    duration: numberOf(record.Duration),
    wall_time: numberOf(record.WallTime),
    filter: textOf(record.Filter),
    update: textOf(record.Update),
    options: textOf(record.Options),
    matched_count: integerOf(record.MatchedCount),
    inserted_count: integerOf(record.InsertedCount),
    upserted_count: integerOf(record.UpsertedCount),
    modified_count: integerOf(record.ModifiedCount),
    deleted_count: integerOf(record.DeletedCount),
    batches: integerOf(record.Batches),
    end_reason: textOf(record.EndReason),
    error_type: textOf(record.ErrorType),
    error_message: textOf(record.ErrorMessage),
    session: textOf(record.Session),
    transaction: integerOf(record.Transaction),
    driver: textOf(record.Driver),
    seq: integerOf(record.Seq),
    caller: textOf(record.Caller),
    shape: textOf(record.Shape),
    shape_hash: textOf(record.ShapeHash),
    hash: textOf(record.Hash),
    suppressed: integerOf(record.Suppressed),
    ...addedValues(record),
  }
  return prefixed(values)
}

function prefixed(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      `mongowatch.${name}`,
      value,
    ]),
  )
}

function attributes(values: Values): OtelAttribute[] {
  const list: OtelAttribute[] = []
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) list.push({ key, value: otelValue(key, value) })
  }
  return list
}

function otelValue(key: string, value: string | number): OtelValue {
  if (typeof value === 'string') return { stringValue: value }
  return Number.isSafeInteger(value) && !DOUBLES.has(key)
    ? { intValue: String(value) }
    : { doubleValue: value }
}
