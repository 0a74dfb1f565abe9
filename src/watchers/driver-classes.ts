import { BULK, CLIENT, CLIENT_FACTORIES, SESSION } from './client-operations.ts'
import { COLLECTION, COLLECTION_FACTORIES } from './collection-operations.ts'
import { AGGREGATION_CURSOR, FIND_CURSOR } from './cursor-operations.ts'
import { ADMIN, DATABASE, DATABASE_FACTORIES } from './database-operations.ts'
import { ENCRYPTION, ENCRYPTION_FACTORIES } from './encryption-operations.ts'
import { GRIDFS, GRIDFS_FACTORIES, markBucket } from './gridfs-operations.ts'
import { knowBatches } from './known-batches.ts'
import type { OperationTable } from './operation-spec.ts'
import { peek } from './peek.ts'
import {
  adminTarget,
  bucketTarget,
  bulkTarget,
  clientOf,
  clientTarget,
  collectionOf,
  collectionTarget,
  cursorTarget,
  databaseTarget,
  encryptionTarget,
  sessionTarget,
  type TargetReader,
} from './target.ts'
import type { WatcherName } from './watcher-settings.ts'

/** How the methods of one of the driver's classes are watched. */
export interface ClassSpec {
  readonly watcher: WatcherName
  readonly target: TargetReader
  readonly operations: OperationTable
  /** Methods that return a cursor, stream or builder at once. */
  readonly factories?: OperationTable
  /** The `MongoClient` behind an object of the class. */
  readonly clientOf: (target: object) => unknown
  /** The session of the object itself, when the call names none. */
  readonly sessionOf?: (target: object) => unknown
  /** Before every call of its methods, whether it is recorded or not. */
  readonly prepare?: (target: object) => void
}

const itself = (target: object): unknown => target

/** Builders keep the options that they were made with. */
const builderSession = (builder: object): unknown =>
  peek(peek(peek(builder, 's'), 'options'), 'session')

const cursorSession = (cursor: object): unknown => peek(cursor, 'session')

/** The driver's classes whose methods are answered once. */
export const CLASSES: Readonly<Record<string, ClassSpec>> = {
  Collection: {
    watcher: 'collection',
    target: collectionTarget,
    operations: COLLECTION,
    factories: COLLECTION_FACTORIES,
    clientOf,
  },
  Db: {
    watcher: 'database',
    target: databaseTarget,
    operations: DATABASE,
    factories: DATABASE_FACTORIES,
    clientOf,
  },
  Admin: {
    watcher: 'database',
    target: adminTarget,
    operations: ADMIN,
    clientOf,
  },
  MongoClient: {
    watcher: 'client',
    target: clientTarget,
    operations: CLIENT,
    factories: CLIENT_FACTORIES,
    clientOf: itself,
  },
  ClientSession: {
    watcher: 'session',
    target: sessionTarget,
    operations: SESSION,
    clientOf,
    sessionOf: itself,
  },
  BulkOperationBase: {
    watcher: 'bulk',
    target: bulkTarget,
    operations: BULK,
    clientOf: builder => clientOf(collectionOf(builder)),
    sessionOf: builderSession,
    prepare: knowBatches,
  },
  GridFSBucket: {
    watcher: 'gridfs',
    target: bucketTarget,
    operations: GRIDFS,
    factories: GRIDFS_FACTORIES,
    clientOf,
    prepare: markBucket,
  },
  ClientEncryption: {
    watcher: 'client',
    target: encryptionTarget,
    operations: ENCRYPTION,
    factories: ENCRYPTION_FACTORIES,
    clientOf: encryption => peek(encryption, '_keyVaultClient'),
  },
  FindCursor: {
    watcher: 'cursor',
    target: cursorTarget,
    operations: FIND_CURSOR,
    clientOf,
    sessionOf: cursorSession,
  },
  AggregationCursor: {
    watcher: 'cursor',
    target: cursorTarget,
    operations: AGGREGATION_CURSOR,
    clientOf,
    sessionOf: cursorSession,
  },
}
