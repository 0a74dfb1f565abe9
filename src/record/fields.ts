import type { AuditRecord } from './record.ts'

/** What a field holds; formatters choose the text form by it. */
export type FieldType =
  | 'string'
  | 'integer'
  | 'seconds'
  | 'date'
  | 'value'
  | 'iteration'
  | 'code'

/** A public field of a record. */
export type FieldName = Exclude<keyof AuditRecord, `_${string}`>

/**
 * Every public field with its type, in the order of the CSV columns. A new
 * field goes to the end.
 */
export const FIELDS = {
  WatchID: 'string',
  Iteration: 'iteration',
  StartTime: 'date',
  EndTime: 'date',
  DB: 'string',
  Collection: 'string',
  Operation: 'string',
  Filter: 'value',
  Duration: 'seconds',
  MatchedCount: 'integer',
  InsertedCount: 'integer',
  UpsertedCount: 'integer',
  ModifiedCount: 'integer',
  DeletedCount: 'integer',
  Outcome: 'string',
  ErrorType: 'string',
  ErrorCode: 'code',
  ErrorMessage: 'string',
  ReturnedCount: 'integer',
  Batches: 'integer',
  EndReason: 'string',
  OperationCount: 'integer',
  Update: 'value',
  Options: 'value',
  Session: 'string',
  Transaction: 'integer',
  WallTime: 'seconds',
  Server: 'string',
  AppName: 'string',
  DBUser: 'string',
  Driver: 'string',
  Host: 'string',
  PID: 'integer',
  Thread: 'integer',
  Seq: 'integer',
  Actor: 'value',
  Request: 'value',
  RemoteAddress: 'string',
  TraceID: 'string',
  SpanID: 'string',
  Caller: 'string',
  Shape: 'string',
  ShapeHash: 'string',
  PrevHash: 'string',
  Hash: 'string',
  Suppressed: 'integer',
} as const satisfies Record<FieldName, FieldType>

/** The public fields in CSV order. */
export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[]

const NAMES: ReadonlySet<string> = new Set(FIELD_NAMES)

/** True for the name of a public field. */
export function isFieldName(name: string): name is FieldName {
  return NAMES.has(name)
}
