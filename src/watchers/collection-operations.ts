import { remembersStream } from './change-stream-source.ts'
import { passInnerOn } from './inner-objects.ts'
import type { OperationTable } from './operation-spec.ts'
import {
  foundAnd,
  insertedOne,
  matchedLength,
  matchedNumber,
  matchedOne,
  writeCounts,
} from './results.ts'
import { collectionTarget } from './target.ts'

/** With encrypted fields a collection has others beside it. */
export const DROPS = /^DropCollectionOperation$/

/** Methods of `Collection` that send commands and return a promise. */
export const COLLECTION: OperationTable = {
  insertOne: { args: ['document', 'options'], result: insertedOne },
  insertMany: {
    args: ['documents', 'options'],
    result: writeCounts,
    awaitsFirst: 'unconnected',
  },
  bulkWrite: {
    args: ['operations', 'options'],
    result: writeCounts,
    awaitsFirst: 'unconnected',
  },
  updateOne: { args: ['filter', 'update', 'options'], result: writeCounts },
  updateMany: { args: ['filter', 'update', 'options'], result: writeCounts },
  replaceOne: {
    args: ['filter', 'replacement', 'options'],
    result: writeCounts,
  },
  deleteOne: { args: ['filter', 'options'], result: writeCounts },
  deleteMany: { args: ['filter', 'options'], result: writeCounts },
  findOne: { args: ['filter', 'options'], result: matchedOne },
  findOneAndUpdate: {
    args: ['filter', 'update', 'options'],
    result: foundAnd('ModifiedCount'),
  },
  findOneAndReplace: {
    args: ['filter', 'replacement', 'options'],
    result: foundAnd('ModifiedCount'),
  },
  findOneAndDelete: {
    args: ['filter', 'options'],
    result: foundAnd('DeletedCount'),
  },
  countDocuments: { args: ['filter', 'options'], result: matchedNumber },
  estimatedDocumentCount: { args: ['options'], result: matchedNumber },
  count: { args: ['filter', 'options'], result: matchedNumber },
  distinct: { args: ['key', 'query', 'options'], result: matchedLength },
  createIndex: { args: ['keys', 'options', 'commandOptions'] },
  createIndexes: { args: ['keys', 'options'] },
  dropIndex: { args: ['name', 'options'] },
  dropIndexes: { args: ['options'] },
  indexes: { args: ['options'], result: matchedLength },
  indexExists: { args: ['name', 'options'] },
  indexInformation: { args: ['options'] },
  options: { args: ['options'] },
  isCapped: { args: ['options'] },
  rename: { args: ['name', 'options'] },
  drop: { args: ['options'], runsLater: DROPS },
  stats: { args: ['options'] },
  createSearchIndex: { args: ['keys'] },
  createSearchIndexes: { args: ['keys'] },
  dropSearchIndex: { args: ['name'] },
  updateSearchIndex: { args: ['name', 'update'] },
  insert: {
    args: ['documents', 'options'],
    result: writeCounts,
  },
  update: { args: ['filter', 'update', 'options'], result: writeCounts },
  remove: { args: ['filter', 'options'], result: writeCounts },
  mapReduce: { args: ['map', 'reduce', 'options'], required: 2 },
}

/**
 * Methods of `Collection` that return a cursor or a builder at once; what they
 * send is observed there, so only an error of the call itself is recorded.
 */
export const COLLECTION_FACTORIES: OperationTable = {
  find: { args: ['filter', 'options'], made: passInnerOn },
  aggregate: { args: ['pipeline', 'options'], made: passInnerOn },
  listIndexes: { args: ['options'], made: passInnerOn },
  listSearchIndexes: { args: ['name', 'options'] },
  watch: {
    args: ['pipeline', 'options'],
    made: remembersStream(collectionTarget),
  },
  initializeOrderedBulkOp: { args: ['options'] },
  initializeUnorderedBulkOp: { args: ['options'] },
}
