import { remembersStream } from './change-stream-source.ts'
import { DROPS } from './collection-operations.ts'
import type { OperationTable } from './operation-spec.ts'
import { matchedLength } from './results.ts'
import { databaseTarget } from './target.ts'

/** With encrypted fields a collection gets others beside it, and an index. */
const CREATES = /^Create(?:Collection|Index|Indexes)Operation$/

/** Methods of `Db` that send commands and return a promise. */
export const DATABASE: OperationTable = {
  command: { args: ['command', 'options'] },
  createCollection: {
    args: ['collection', 'options'],
    collection: 0,
    runsLater: CREATES,
  },
  dropCollection: {
    args: ['collection', 'options'],
    collection: 0,
    runsLater: DROPS,
  },
  renameCollection: { args: ['collection', 'name', 'options'], collection: 0 },
  dropDatabase: { args: ['options'] },
  collections: { args: ['options'], result: matchedLength },
  createIndex: { args: ['collection', 'keys', 'options'], collection: 0 },
  indexInformation: { args: ['collection', 'options'], collection: 0 },
  stats: { args: ['options'] },
  profilingLevel: { args: ['options'] },
  setProfilingLevel: { args: ['name', 'options'] },
  addUser: { args: ['name', 'password', 'options'] },
  removeUser: { args: ['name', 'options'] },
}

/** Methods of `Db` that return a cursor at once. */
export const DATABASE_FACTORIES: OperationTable = {
  aggregate: { args: ['pipeline', 'options'] },
  listCollections: { args: ['filter', 'options'] },
  runCursorCommand: { args: ['command', 'options'] },
  watch: {
    args: ['pipeline', 'options'],
    made: remembersStream(databaseTarget),
  },
}

/** Methods of `Admin`. */
export const ADMIN: OperationTable = {
  command: { args: ['command', 'options'] },
  buildInfo: { args: ['options'] },
  serverInfo: { args: ['options'] },
  serverStatus: { args: ['options'] },
  ping: { args: ['options'] },
  listDatabases: { args: ['options'] },
  replSetGetStatus: { args: ['options'] },
  validateCollection: { args: ['collection', 'options'], collection: 0 },
  addUser: { args: ['name', 'password', 'options'] },
  removeUser: { args: ['name', 'options'] },
}
