import { markInner, unmarkInner } from './inner-objects.ts'
import type { OperationTable } from './operation-spec.ts'
import { peek } from './peek.ts'

/**
 * Methods of `GridFSBucket` that are answered once. A file's metadata is a
 * document: it is not copied.
 */
export const GRIDFS: OperationTable = {
  delete: { args: ['id', 'options'] },
  rename: { args: ['id', 'newFilename', 'options'] },
  drop: { args: ['options'] },
}

/** Methods of `GridFSBucket` that return a cursor: it is the application's. */
export const GRIDFS_FACTORIES: OperationTable = {
  find: {
    args: ['filter', 'options'],
    made: (_bucket, cursor) => unmarkInner(cursor),
  },
}

/** Methods of `GridFSBucket` that return a stream to write to. */
export const GRIDFS_UPLOADS: OperationTable = {
  openUploadStream: { args: ['filename', 'options'] },
  openUploadStreamWithId: { args: ['id', 'filename', 'options'] },
}

/** Methods of `GridFSBucket` that return a stream to read. */
export const GRIDFS_DOWNLOADS: OperationTable = {
  openDownloadStream: { args: ['id', 'options'] },
  openDownloadStreamByName: { args: ['filename', 'options'] },
}

/** A bucket works through two collections of its own. */
export function markBucket(bucket: object): void {
  const state = peek(bucket, 's')
  markInner(peek(state, '_chunksCollection'))
  markInner(peek(state, '_filesCollection'))
}
