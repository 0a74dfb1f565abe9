/**
 * The driver's inner files that are watched and what each exports for us; in
 * brackets where a name lives only in some versions. Never the package's
 * index: it is seen half-loaded and its exports cannot be replaced.
 */
export const TARGETS: Readonly<Record<string, readonly string[]>> = {
  'lib/admin': ['Admin'],
  'lib/bulk/common': ['BulkOperationBase'],
  'lib/change_stream': ['ChangeStream', 'ChangeStreamCursor'], // cursor: 4.0
  'lib/client-side-encryption/client_encryption': ['ClientEncryption'], // 6.0
  'lib/client-side-encryption/state_machine': ['StateMachine'], // 6.0
  'lib/collection': ['Collection'],
  'lib/cursor/abstract_cursor': ['AbstractCursor'],
  'lib/cursor/aggregation_cursor': ['AggregationCursor'],
  'lib/cursor/change_stream_cursor': ['ChangeStreamCursor'],
  'lib/cursor/client_bulk_write_cursor': ['ClientBulkWriteCursor'], // 6.10
  'lib/cursor/find_cursor': ['FindCursor'],
  'lib/cursor/list_collections_cursor': ['ListCollectionsCursor'],
  'lib/cursor/list_indexes_cursor': ['ListIndexesCursor'],
  'lib/cursor/list_search_indexes_cursor': ['ListSearchIndexesCursor'], // 5.6
  'lib/cursor/run_command_cursor': ['RunCommandCursor'], // 5.6
  'lib/db': ['Db'],
  'lib/gridfs/download': ['GridFSBucketReadStream'],
  'lib/gridfs/index': ['GridFSBucket'],
  'lib/gridfs/upload': ['GridFSBucketWriteStream'],
  'lib/mongo_client': ['MongoClient'],
  'lib/operations/execute_operation': ['executeOperation'],
  'lib/operations/indexes': ['ListIndexesCursor'], // 4.0
  'lib/operations/list_collections': ['ListCollectionsCursor'], // 4.0
  'lib/sessions': ['ClientSession'],
}

/** Without these two a driver counts as not watched. */
export const ESSENTIAL: Readonly<Record<string, string>> = {
  'lib/collection': 'Collection',
  'lib/cursor/abstract_cursor': 'AbstractCursor',
}
