import { jsonText } from '../record/json-text.ts'
import type { AuditRecord } from '../record/record.ts'
import { commandName } from './command-name.ts'
import {
  addedValues,
  integerOf,
  isoOf,
  namespaceOf,
  textOf,
  userOf,
} from './field-value.ts'
import type { RecordFormatter } from './formatter.ts'
import { parseServer } from './server-address.ts'

/** The server's code for an error that has none of its own. */
const UNKNOWN_ERROR = 8

/** Operations that the server audits as events of their own. */
const EVENTS: Readonly<Record<string, string>> = {
  createCollection: 'createCollection',
  createIndex: 'createIndex',
  createIndexes: 'createIndex',
  drop: 'dropCollection',
  dropCollection: 'dropCollection',
  dropDatabase: 'dropDatabase',
  dropIndex: 'dropIndex',
  dropIndexes: 'dropIndex',
  rename: 'renameCollection',
  renameCollection: 'renameCollection',
  addUser: 'createUser',
  removeUser: 'dropUser',
}

/**
 * The message that MongoDB Enterprise and Percona Server write, so that what
 * reads their audit logs reads this one; what they do not have (durations,
 * counts) is added to `param`.
 */
export function createMongoAuditFormatter(): RecordFormatter {
  return { format: record => jsonText(auditMessage(record)) }
}

function auditMessage(record: AuditRecord): object {
  const operation = textOf(record.Operation) ?? ''
  const user = userOf(record)
  return {
    atype: Object.hasOwn(EVENTS, operation) ? EVENTS[operation] : 'authCheck',
    ts: { $date: isoOf(record.StartTime) },
    uuid: uuidOf(record.WatchID),
    local: localOf(record),
    remote: { ip: textOf(record.RemoteAddress) ?? textOf(record.Host) ?? '' },
    users: user === undefined ? [] : [{ user, db: textOf(record.DB) ?? '' }],
    roles: [],
    param: paramOf(record, operation),
    result: resultOf(record),
  }
}

/** A WatchID is 12 bytes of the 16. */
function uuidOf(watchId: unknown): object {
  const bytes = Buffer.alloc(16)
  if (typeof watchId === 'string') bytes.write(watchId, 'hex')
  return { $binary: bytes.toString('base64'), $type: '04' }
}

/** The server's end of the connection. */
function localOf(record: AuditRecord): object {
  const server = parseServer(record.Server)
  return { ip: server?.host ?? '', port: server?.port ?? 0 }
}

function paramOf(record: AuditRecord, operation: string): object {
  return {
    command: commandName(operation),
    ns: namespaceOf(record) ?? '',
    args: {
      filter: record.Filter,
      update: record.Update,
      options: record.Options,
    },
    operation,
    iteration: textOf(record.Iteration),
    durationMillis: integerOf(record.Duration, 1000),
    nMatched: integerOf(record.MatchedCount),
    nReturned: integerOf(record.ReturnedCount),
    nInserted: integerOf(record.InsertedCount),
    nUpserted: integerOf(record.UpsertedCount),
    nModified: integerOf(record.ModifiedCount),
    nDeleted: integerOf(record.DeletedCount),
    error: textOf(record.ErrorMessage),
    ...addedValues(record),
  }
}

/** 0, or the server's code; absent while the operation is open. */
function resultOf(record: AuditRecord): number | undefined {
  if (record.Outcome === 'success') return 0
  if (record.Outcome !== 'failure') return undefined
  return integerOf(record.ErrorCode) ?? UNKNOWN_ERROR
}
