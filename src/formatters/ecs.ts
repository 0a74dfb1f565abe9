import { jsonText } from '../record/json-text.ts'
import type { AuditRecord } from '../record/record.ts'
import {
  addedValues,
  group,
  integerOf,
  isoOf,
  numberOf,
  summaryOf,
  textOf,
  userOf,
} from './field-value.ts'
import type { RecordFormatter } from './formatter.ts'
import { type OperationKind, operationKind } from './operation-kind.ts'
import { parseServer } from './server-address.ts'

/** The version of the Elastic Common Schema that the fields are from. */
export const ECS_VERSION = '9.4.0'

const NANOSECONDS = 1e9

/** `event.type`, from the values expected beside the category `database`. */
const TYPES: Readonly<Record<OperationKind, string>> = {
  query: 'access',
  list: 'access',
  insert: 'change',
  update: 'change',
  delete: 'change',
  write: 'change',
  definition: 'change',
  connection: 'info',
  lifecycle: 'info',
  other: 'info',
}

/**
 * Elastic Common Schema: its fields where it has them, ours under
 * `mongowatch`. Filter, Update and Options are JSON text there, so that their
 * keys do not become fields of the index.
 */
export function createEcsFormatter(): RecordFormatter {
  return { format: record => jsonText(ecsDocument(record)) }
}

function ecsDocument(record: AuditRecord): object {
  const server = parseServer(record.Server)
  return {
    '@timestamp': isoOf(record.StartTime),
    'log.level': record._level,
    message: summaryOf(record),
    'ecs.version': ECS_VERSION,
    log: { logger: record._logger },
    event: eventOf(record),
    error: errorOf(record),
    server: group({ address: server?.host, port: server?.port }),
    host: group({ name: textOf(record.Host) }),
    process: group({
      pid: integerOf(record.PID),
      thread: group({ id: integerOf(record.Thread) }),
    }),
    service: group({ name: textOf(record.AppName) }),
    user: group({ name: userOf(record) }),
    source: group({ address: textOf(record.RemoteAddress) }),
    trace: group({ id: textOf(record.TraceID) }),
    span: group({ id: textOf(record.SpanID) }),
    mongowatch: ownFields(record),
  }
}

function eventOf(record: AuditRecord): object {
  const type = TYPES[operationKind(record)]
  const failed = record.Outcome === 'failure'
  return {
    kind: 'event',
    category: ['database'],
    type: failed ? [type, 'error'] : [type],
    action: textOf(record.Operation),
    outcome: textOf(record.Outcome),
    module: 'mongowatch',
    dataset: 'mongowatch.audit',
    id: textOf(record.WatchID),
    sequence: integerOf(record.Seq),
    start: isoOf(record.StartTime),
    end: isoOf(record.EndTime),
    duration: integerOf(record.Duration, NANOSECONDS),
    reason: textOf(record.EndReason),
    hash: textOf(record.Hash),
  }
}

function errorOf(record: AuditRecord): object | undefined {
  return group({
    type: textOf(record.ErrorType),
    code: textOf(record.ErrorCode),
    message: textOf(record.ErrorMessage),
  })
}

function ownFields(record: AuditRecord): object {
  return {
    iteration: textOf(record.Iteration),
    db: textOf(record.DB),
    collection: textOf(record.Collection),
    filter: textOf(record.Filter),
    update: textOf(record.Update),
    options: textOf(record.Options),
    matched_count: integerOf(record.MatchedCount),
    returned_count: integerOf(record.ReturnedCount),
    inserted_count: integerOf(record.InsertedCount),
    upserted_count: integerOf(record.UpsertedCount),
    modified_count: integerOf(record.ModifiedCount),
    deleted_count: integerOf(record.DeletedCount),
    operation_count: integerOf(record.OperationCount),
    batches: integerOf(record.Batches),
    wall_time: numberOf(record.WallTime),
    session: textOf(record.Session),
    transaction: integerOf(record.Transaction),
    driver: textOf(record.Driver),
    caller: textOf(record.Caller),
    shape: textOf(record.Shape),
    shape_hash: textOf(record.ShapeHash),
    suppressed: integerOf(record.Suppressed),
    ...addedValues(record),
  }
}
