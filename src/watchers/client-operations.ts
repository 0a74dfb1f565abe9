import { remembersStream } from './change-stream-source.ts'
import type { OperationTable } from './operation-spec.ts'
import { writeCounts } from './results.ts'
import { clientTarget } from './target.ts'

/** Methods of `MongoClient` that send commands and return a promise. */
export const CLIENT: OperationTable = {
  connect: { args: [] },
  close: {
    args: ['force'],
    awaitsFirst: 'always',
    endsClient: true,
    isNeverRefused: true,
  },
  bulkWrite: {
    args: ['models', 'options'],
    result: writeCounts,
    runsLater: /^ClientBulkWriteOperation$/,
  },
}

/** Methods of `MongoClient` that return a stream at once. */
export const CLIENT_FACTORIES: OperationTable = {
  watch: {
    args: ['pipeline', 'options'],
    made: remembersStream(clientTarget),
  },
}

/** A commit or abort is sent again after a failure. */
const ENDS = /^Run(?:Admin)?CommandOperation$/

/** Methods of `ClientSession`; `withTransaction` calls these. */
export const SESSION: OperationTable = {
  commitTransaction: { args: ['options'], runsLater: ENDS },
  abortTransaction: {
    args: ['options'],
    runsLater: ENDS,
    isNeverRefused: true,
  },
}

/** Methods of the ordered and unordered bulk builders. */
export const BULK: OperationTable = {
  execute: { args: ['options'], result: writeCounts },
}
