import { packageVersion } from '../package.ts'
import { jsonText } from '../record/json-text.ts'
import type { AuditRecord } from '../record/record.ts'
import {
  addedValues,
  group,
  integerOf,
  numberOf,
  summaryOf,
  textOf,
  timeOf,
} from './field-value.ts'
import type { RecordFormatter } from './formatter.ts'
import {
  API_ACTIVITY,
  DATASTORE_ACTIVITY,
  type OcsfClass,
} from './ocsf-class.ts'
import { actorOf, destinationOf, sourceOf } from './ocsf-endpoints.ts'
import { PRODUCT } from './product.ts'

/** Settings of an ocsf formatter. */
export interface OcsfSettings {
  /** 6005 Datastore Activity, or 6003 API Activity. @default 6005 */
  readonly class?: 6005 | 6003
}

/** The version of the schema that the events are of. */
export const OCSF_VERSION = '1.8.0'

const CATEGORY = { category_uid: 6, category_name: 'Application Activity' }

const STATUS = {
  success: { status_id: 1, status: 'Success' },
  failure: { status_id: 2, status: 'Failure' },
  unknown: { status_id: 0, status: 'Unknown' },
} as const

const INFORMATIONAL = { severity_id: 1, severity: 'Informational' }
const MEDIUM = { severity_id: 3, severity: 'Medium' }

/** An event of the Open Cybersecurity Schema Framework. */
export function createOcsfFormatter(settings: OcsfSettings): RecordFormatter {
  const kind = settings.class === 6003 ? API_ACTIVITY : DATASTORE_ACTIVITY
  return { format: record => jsonText(ocsfEvent(record, kind)) }
}

function ocsfEvent(record: AuditRecord, kind: OcsfClass): object {
  const [activity, name] = kind.activity(record)
  return {
    activity_id: activity,
    activity_name: name,
    ...CATEGORY,
    class_uid: kind.uid,
    class_name: kind.name,
    type_uid: kind.uid * 100 + activity,
    type_name: `${kind.name}: ${name}`,
    ...(record.Outcome === 'failure' ? MEDIUM : INFORMATIONAL),
    time: timeOf(record.EndTime) ?? timeOf(record.StartTime) ?? 0,
    start_time: timeOf(record.StartTime),
    end_time: timeOf(record.EndTime),
    duration: integerOf(record.Duration, 1000),
    count: integerOf(record.Suppressed),
    message: summaryOf(record),
    ...(STATUS[record.Outcome] ?? STATUS.unknown),
    status_code: textOf(record.ErrorCode),
    status_detail: textOf(record.ErrorMessage),
    metadata: metadataOf(record),
    actor: actorOf(record),
    src_endpoint: sourceOf(record),
    dst_endpoint: destinationOf(record),
    ...kind.details(record),
    unmapped: unmappedOf(record),
  }
}

function metadataOf(record: AuditRecord): object {
  return {
    version: OCSF_VERSION,
    product: {
      name: PRODUCT,
      vendor_name: PRODUCT,
      version: packageVersion(),
    },
    uid: textOf(record.WatchID),
    sequence: integerOf(record.Seq),
    correlation_uid: textOf(record.TraceID),
    log_provider: PRODUCT,
    log_name: record._logger,
    log_level: record._level,
  }
}

/** What the schema has no place for. */
function unmappedOf(record: AuditRecord): object | undefined {
  return group({
    iteration: textOf(record.Iteration),
    operation: textOf(record.Operation),
    error_type: textOf(record.ErrorType),
    matched_count: integerOf(record.MatchedCount),
    returned_count: integerOf(record.ReturnedCount),
    inserted_count: integerOf(record.InsertedCount),
    upserted_count: integerOf(record.UpsertedCount),
    modified_count: integerOf(record.ModifiedCount),
    deleted_count: integerOf(record.DeletedCount),
    operation_count: integerOf(record.OperationCount),
    batches: integerOf(record.Batches),
    end_reason: textOf(record.EndReason),
    update: textOf(record.Update),
    options: textOf(record.Options),
    transaction: integerOf(record.Transaction),
    wall_time: numberOf(record.WallTime),
    driver: textOf(record.Driver),
    caller: textOf(record.Caller),
    shape: textOf(record.Shape),
    hash: textOf(record.Hash),
    ...addedValues(record),
  })
}
