/** How an operation ended (Elastic Common Schema `event.outcome`). */
export type Outcome = 'success' | 'failure' | 'unknown'

/**
 * Why a record is handed over: the operation began, a cursor got a batch, it
 * ended, or it is still open after `timeout_sec`.
 */
export type Phase = 'first' | 'update' | 'final' | 'timeout'

/** Why a cursor's record ended. */
export type EndReason =
  | 'exhausted'
  | 'closed'
  | 'error'
  | 'abandoned'
  | 'exit'
  | 'rewound'

/**
 * One operation of the application. Field names, types and units are the
 * contract of docs/record.md; a field that is unknown is `undefined`.
 *
 * Every field is set in the constructor, in one order, so that all records
 * have one shape. A watcher changes its record until the final iteration;
 * whoever keeps an iteration (a filter, a queue) keeps a copy of its own.
 */
export class AuditRecord {
  WatchID: string
  /** 0, 1, 2 … then `final` or `final(n)`. */
  Iteration: number | string = 0
  StartTime: Date
  EndTime: Date | undefined = undefined
  DB: string | undefined = undefined
  Collection: string | undefined = undefined
  Operation: string
  /** A bounded copy in Extended JSON form, see `snapshot`. */
  Filter: unknown = undefined
  /** Seconds spent in the driver. */
  Duration: number | undefined = undefined
  MatchedCount: number | undefined = undefined
  InsertedCount: number | undefined = undefined
  UpsertedCount: number | undefined = undefined
  ModifiedCount: number | undefined = undefined
  DeletedCount: number | undefined = undefined
  Outcome: Outcome = 'unknown'
  ErrorType: string | undefined = undefined
  ErrorCode: number | string | undefined = undefined
  ErrorMessage: string | undefined = undefined
  ReturnedCount: number | undefined = undefined
  Batches: number | undefined = undefined
  EndReason: EndReason | undefined = undefined
  OperationCount: number | undefined = undefined
  Update: unknown = undefined
  Options: unknown = undefined
  /** Session id, hex. */
  Session: string | undefined = undefined
  Transaction: number | undefined = undefined
  /** Seconds from StartTime to EndTime. */
  WallTime: number | undefined = undefined
  Server: string | undefined = undefined
  AppName: string | undefined = undefined
  DBUser: string | undefined = undefined
  Driver: string | undefined = undefined
  Host: string | undefined = undefined
  PID: number | undefined = undefined
  Thread: number | undefined = undefined
  /** 1, 2, 3 … of one handler in one process; set by the handler. */
  Seq: number | undefined = undefined
  Actor: unknown = undefined
  Request: unknown = undefined
  RemoteAddress: string | undefined = undefined
  TraceID: string | undefined = undefined
  SpanID: string | undefined = undefined
  Caller: string | undefined = undefined
  Shape: string | undefined = undefined
  ShapeHash: string | undefined = undefined
  PrevHash: string | undefined = undefined
  Hash: string | undefined = undefined
  Suppressed: number | undefined = undefined
  /** The logger's name, e.g. `mongowatch.collection`. */
  _logger: string
  /** The level of this iteration, e.g. `info`. */
  _level = 'info'
  /** What the method returned, when `result: {to: _result}` asks for it. */
  _result: unknown = undefined

  constructor(
    logger: string,
    operation: string,
    watchId: string,
    startTime: Date,
  ) {
    this._logger = logger
    this.Operation = operation
    this.WatchID = watchId
    this.StartTime = startTime
  }
}

/** True when no further iteration of this record will come. */
export function isFinal(record: AuditRecord): boolean {
  return typeof record.Iteration === 'string'
}

/** A copy of its own, for whoever changes or keeps an iteration. */
export function copyRecord(record: AuditRecord): AuditRecord {
  const copy = new AuditRecord(
    record._logger,
    record.Operation,
    record.WatchID,
    record.StartTime,
  )
  return Object.assign(copy, record)
}
