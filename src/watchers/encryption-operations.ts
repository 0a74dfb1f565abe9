import type { OperationTable, ResultReader } from './operation-spec.ts'
import { peek } from './peek.ts'
import { insertedOne, matchedOne, writeCounts } from './results.ts'

const rewrapped: ResultReader = (record, result, options) =>
  writeCounts(record, peek(result, 'bulkWriteResult'), options)

const SECRETS = { secret: true, awaitsFirst: 'always' } as const

/**
 * Methods of `ClientEncryption`. Their commands go to the key vault, whose
 * name the records have. What is encrypted or decrypted, and keys, are in none
 * of them, whatever the rules say.
 */
export const ENCRYPTION: OperationTable = {
  createDataKey: {
    args: ['provider', 'keyOptions'],
    result: insertedOne,
    ...SECRETS,
  },
  rewrapManyDataKey: {
    args: ['filter', 'keyOptions'],
    result: rewrapped,
    ...SECRETS,
  },
  deleteKey: { args: ['id'], result: writeCounts, ...SECRETS },
  getKey: { args: ['id'], result: matchedOne, ...SECRETS },
  getKeyByAltName: { args: ['keyAltName'], result: matchedOne, ...SECRETS },
  addKeyAltName: {
    args: ['id', 'addedAltName'],
    result: matchedOne,
    ...SECRETS,
  },
  removeKeyAltName: {
    args: ['id', 'removedAltName'],
    result: matchedOne,
    ...SECRETS,
  },
  createEncryptedCollection: {
    args: ['database', 'collection', 'keyOptions'],
    collection: 1,
    ...SECRETS,
  },
  encrypt: { args: ['plaintext', 'keyOptions'], ...SECRETS },
  encryptExpression: { args: ['plaintext', 'keyOptions'], ...SECRETS },
  decrypt: { args: ['ciphertext'], ...SECRETS },
}

/** Methods of `ClientEncryption` that return a cursor on the key vault. */
export const ENCRYPTION_FACTORIES: OperationTable = { getKeys: { args: [] } }
