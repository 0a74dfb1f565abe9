import type { AuditRecord } from '../record/record.ts'
import { originOf } from './origin.ts'
import { peek } from './peek.ts'
import { readTransaction } from './session-facts.ts'

/** Sets DB, Collection and the client's fields from the driver's object. */
export type TargetReader = (record: AuditRecord, target: object) => void

/** The `MongoClient` behind a collection, database or cursor. */
export function clientOf(target: unknown): unknown {
  const state = peek(target, 's')
  return (
    peek(target, 'client') ??
    peek(state, 'client') ??
    peek(target, 'topology') ??
    (peek(state, 'db') === undefined ? undefined : clientOf(peek(state, 'db')))
  )
}

/** False until the client has connected (the driver does so by itself). */
export function isConnected(client: unknown): boolean {
  return (peek(client, 'topology') ?? undefined) !== undefined
}

/** What its getters give. */
interface DriverCollection {
  readonly dbName?: unknown
  readonly collectionName?: unknown
}

/** Of a `Collection`. */
export const collectionTarget: TargetReader = (record, target) => {
  // by name, not by `peek`: it is read for every call, also one without `this`
  const { dbName, collectionName }: DriverCollection = target ?? {}
  record.DB = name(dbName)
  record.Collection = name(collectionName)
  readOrigin(record, target)
}

/** Of a `Db`. */
export const databaseTarget: TargetReader = (record, target) => {
  record.DB = name(peek(target, 'databaseName'))
  readOrigin(record, target)
}

/** Of an `Admin`, whose commands run on the database `admin`. */
export const adminTarget: TargetReader = (record, target) => {
  record.DB = 'admin'
  readOrigin(record, target)
}

/** Of a `MongoClient`. */
export const clientTarget: TargetReader = (record, target) => {
  assignOrigin(record, target)
}

/** Of a `ClientSession`. */
export const sessionTarget: TargetReader = (record, target) => {
  readTransaction(record, target)
  readOrigin(record, target)
}

/** The collection that a bulk builder writes to. */
export function collectionOf(builder: object): unknown {
  return peek(builder, 'collection') ?? peek(peek(builder, 's'), 'collection')
}

/** Of a bulk builder, which belongs to a collection. */
export const bulkTarget: TargetReader = (record, target) => {
  const collection = collectionOf(target)
  if (typeof collection === 'object' && collection !== null) {
    collectionTarget(record, collection)
  }
  const count =
    peek(target, 'length') ?? peek(peek(target, 's'), 'currentIndex')
  if (typeof count === 'number') record.OperationCount = count
}

/** Of a GridFS bucket, which has a name like a collection. */
export const bucketTarget: TargetReader = (record, target) => {
  const state = peek(target, 's')
  record.DB = name(peek(peek(state, 'db'), 'databaseName'))
  record.Collection = name(peek(peek(state, 'options'), 'bucketName'))
  readOrigin(record, target)
}

/** Of a cursor, which knows its namespace. */
export const cursorTarget: TargetReader = (record, target) => {
  const namespace = peek(target, 'namespace')
  record.DB = name(peek(namespace, 'db'))
  const collection = name(peek(namespace, 'collection'))
  // a command on a database runs on the pseudo-collection `$cmd`
  if (!collection?.startsWith('$cmd')) record.Collection = collection
  readOrigin(record, target)
}

/** Of a `ClientEncryption`, whose commands run on its key vault. */
export const encryptionTarget: TargetReader = (record, target) => {
  const namespace = name(peek(target, '_keyVaultNamespace'))
  const dot = namespace?.indexOf('.') ?? -1
  record.DB = namespace?.slice(0, dot)
  record.Collection = namespace?.slice(dot + 1)
  assignOrigin(record, peek(target, '_keyVaultClient'))
}

function readOrigin(record: AuditRecord, target: object): void {
  assignOrigin(record, clientOf(target))
}

function assignOrigin(record: AuditRecord, client: unknown): void {
  const origin = originOf(client)
  record.Server = origin.Server
  record.AppName = origin.AppName
  record.DBUser = origin.DBUser
}

function name(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
