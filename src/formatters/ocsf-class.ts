import type { AuditRecord } from '../record/record.ts'
import { group, namespaceOf, textOf } from './field-value.ts'
import { type OperationKind, operationKind } from './operation-kind.ts'

/** An `activity_id` and its name. */
type Activity = readonly [id: number, name: string]

/** What is different between the classes of events. */
export interface OcsfClass {
  readonly uid: number
  readonly name: string
  activity(record: AuditRecord): Activity
  details(record: AuditRecord): object
}

const OTHER = 99
const NOSQL = { type_id: 6, type: 'NoSQL' }

const DATASTORE: Readonly<Partial<Record<OperationKind, Activity>>> = {
  query: [4, 'Query'],
  insert: [6, 'Create'],
  update: [2, 'Update'],
  delete: [7, 'Delete'],
  write: [5, 'Write'],
  list: [8, 'List'],
  connection: [3, 'Connect'],
}

const API: Readonly<Partial<Record<OperationKind, Activity>>> = {
  query: [2, 'Read'],
  list: [2, 'Read'],
  insert: [1, 'Create'],
  update: [3, 'Update'],
  delete: [4, 'Delete'],
}

/** Datastore Activity [6005]. */
export const DATASTORE_ACTIVITY: OcsfClass = {
  uid: 6005,
  name: 'Datastore Activity',
  activity: record => (isById(record) ? [1, 'Read'] : pick(DATASTORE, record)),
  details: record => {
    const table = textOf(record.Collection)
    return {
      type_id: table === undefined ? 1 : 3,
      type: table === undefined ? 'Database' : 'Table',
      database: { name: textOf(record.DB) ?? 'MongoDB', ...NOSQL },
      table: group({ name: table }),
      query_info: queryOf(record),
    }
  },
}

/** API Activity [6003], as MongoDB's own audit log has it. */
export const API_ACTIVITY: OcsfClass = {
  uid: 6003,
  name: 'API Activity',
  activity: record => pick(API, record),
  details: record => ({
    api: {
      operation: textOf(record.Operation) ?? 'unknown',
      service: { name: 'MongoDB' },
      request: {
        uid: textOf(record.WatchID) ?? 'unknown',
        data: group({ filter: record.Filter }),
      },
      response: group({
        code:
          typeof record.ErrorCode === 'number' ? record.ErrorCode : undefined,
        error: textOf(record.ErrorType),
        error_message: textOf(record.ErrorMessage),
      }),
    },
    resources: resourcesOf(record),
  }),
}

function pick(
  activities: Readonly<Partial<Record<OperationKind, Activity>>>,
  record: AuditRecord,
): Activity {
  const name = textOf(record.Operation) ?? 'Other'
  return activities[operationKind(record)] ?? [OTHER, name]
}

/** One document by its key is a read, anything else a query. */
function isById({ Operation, Filter }: AuditRecord): boolean {
  if (Operation !== 'findOne') return false
  return isObject(Filter) && Object.hasOwn(Filter, '_id')
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function queryOf(record: AuditRecord): object | undefined {
  const query = textOf(record.Filter)
  if (query === undefined) return undefined
  return {
    query_string: query,
    uid: textOf(record.WatchID) ?? 'unknown',
    name: textOf(record.ShapeHash),
  }
}

function resourcesOf(record: AuditRecord): object[] | undefined {
  const name = namespaceOf(record)
  if (name === undefined) return undefined
  const type = record.Collection === undefined ? 'database' : 'collection'
  return [{ name, type }]
}
