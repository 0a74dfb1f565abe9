import { remembersStream } from './change-stream-source.ts'
import type { OperationTable } from './operation-spec.ts'
import { writeCounts } from './results.ts'
import { clientTarget } from './target.ts'

/** Methods of `MongoClient` that send commands and return a promise. */
export const CLIENT: OperationTable = {
  connect: { args: [], many: true },
  close: {
    args: ['force'],
    many: true,
    awaitsFirst: 'always',
    endsClient: true,
  },
  bulkWrite: { args: ['models', 'options'], result: writeCounts, many: true },
}

/** Methods of `MongoClient` that return a stream at once. */
export const CLIENT_FACTORIES: OperationTable = {
  watch: {
    args: ['pipeline', 'options'],
    made: remembersStream(clientTarget),
  },
}

/** Methods of `ClientSession`; `withTransaction` calls these. */
export const SESSION: OperationTable = {
  commitTransaction: { args: ['options'], many: true },
  abortTransaction: { args: ['options'], many: true },
}

/** Methods of the ordered and unordered bulk builders. */
export const BULK: OperationTable = {
  execute: { args: ['options'], result: writeCounts, many: true },
}
