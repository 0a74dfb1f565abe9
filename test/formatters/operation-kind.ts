import t from 'tap'
import { operationKind } from '../../src/formatters/operation-kind.ts'
import { finishedRecord } from '../fixtures/finished-record.ts'

const KINDS = {
  query:
    'find findOne aggregate count countDocuments estimatedDocumentCount distinct watch runCursorCommand openDownloadStream openDownloadStreamByName explain',
  insert: 'insert insertOne insertMany openUploadStream openUploadStreamWithId',
  update:
    'update updateOne updateMany replaceOne findOneAndUpdate findOneAndReplace',
  delete: 'delete deleteOne deleteMany remove findOneAndDelete',
  write: 'bulkWrite execute mapReduce',
  list: 'listIndexes listSearchIndexes listCollections listDatabases indexes indexExists indexInformation collections',
  definition:
    'createIndex createIndexes createCollection createSearchIndex updateSearchIndex dropSearchIndex dropIndex dropIndexes drop dropCollection dropDatabase rename renameCollection addUser removeUser setProfilingLevel',
  connection: 'connect',
  lifecycle: '$start $stop $drop $reload $error',
  other:
    'close command ping commitTransaction abortTransaction stats constructor',
}

for (const [kind, names] of Object.entries(KINDS)) {
  t.test(`${kind}: ${names}`, async t => {
    for (const Operation of names.split(' ')) {
      t.equal(operationKind(finishedRecord({ Operation })), kind, Operation)
    }
  })
}
