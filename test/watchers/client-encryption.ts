import t from 'tap'
import type { AuditRecord } from '../../src/record/record.ts'
import { VERSIONS } from '../fixtures/drivers.ts'
import {
  encryptingDriver,
  encryptionClass,
  isInPackage,
  unlessEncryption,
} from '../fixtures/encryption.ts'
import { driverPath } from '../fixtures/packages.ts'
import { useServer } from '../fixtures/server.ts'
import { type Watched, watchDriver } from '../fixtures/watch.ts'

const ALGORITHM = 'AEAD_AES_256_CBC_HMAC_SHA_512-Deterministic'
// biome-ignore lint/suspicious/noExplicitAny: the driver, whatever its version
type Any = any

const PLAINTEXT = 'the patient is ill'
const MASTER_KEY = Buffer.alloc(96, 'k')

const skip = unlessEncryption()

/** Rules that would take everything everywhere. */
const CURIOUS = {
  undefinedArguments: {},
  result: { to: 'Update' },
  operations: {
    encrypt: { plaintext: { to: 'Filter' }, _result: { to: 'Filter' } },
    decrypt: { ciphertext: { to: 'Filter' }, _result: { to: 'Filter' } },
    createDataKey: { keyOptions: { to: 'Filter' } },
  },
}

async function open(watched: Watched, uri: string, db: string) {
  const { MongoClient } = watched.mongodb
  const ClientEncryption = encryptionClass(watched)
  const client = new MongoClient(uri)
  await client.connect()
  await client.db(db).dropDatabase()
  const encryption = new ClientEncryption(client, {
    keyVaultNamespace: `${db}.vault.keys`,
    kmsProviders: { local: { key: MASTER_KEY } },
  })
  watched.clear()
  return { client, encryption }
}

t.test('client-side encryption', { skip }, async t => {
  const server = await useServer(t)
  for (const version of VERSIONS) {
    const watched = watchDriver(t, await encryptingDriver(version), CURIOUS)
    const db = `${server.dbName}_${version.replace(/\./g, '_')}`
    const { client, encryption } = await open(watched, server.uri, db)
    t.teardown(() => client.close())

    const check = async <Result>(
      operation: string,
      call: () => Promise<Result>,
      expected: Partial<AuditRecord>,
    ): Promise<Result> => {
      watched.clear()
      const result = await call()
      const records = watched.finals()
      t.strictSame(
        records.map(record => record.Operation),
        [operation],
      )
      t.match(
        { ...records[0] },
        {
          DB: db,
          Collection: 'vault.keys',
          Driver: version,
          Outcome: 'success',
          _logger: 'mongowatch.client',
          ...expected,
        },
      )
      const text = JSON.stringify(watched.iterations)
      t.strictSame(
        SECRETS.filter(secret => text.includes(secret)),
        [],
        `${operation}: no secrets`,
      )
      return result
    }

    await t.test(`driver ${version}: keys`, async t => {
      const id = await check(
        'createDataKey',
        () =>
          encryption.createDataKey('local', {
            keyAltNames: ['mine'],
            keyMaterial: Buffer.alloc(96, 'k'),
          }),
        {
          InsertedCount: 1,
          Options: { provider: 'local', keyAltNames: ['mine'] },
        },
      )
      const Filter = { _id: Object }
      await check('getKey', () => encryption.getKey(id), {
        Filter,
        MatchedCount: 1,
      })
      await check('getKeyByAltName', () => encryption.getKeyByAltName('no'), {
        Filter: { keyAltNames: 'no' },
        MatchedCount: 0,
      })
      await check('addKeyAltName', () => encryption.addKeyAltName(id, 'b'), {
        Filter,
        Update: { $addToSet: { keyAltNames: 'b' } },
      })
      await check(
        'removeKeyAltName',
        () => encryption.removeKeyAltName(id, 'b').catch(() => {}),
        {
          Filter,
          Update: { $pull: { keyAltNames: 'b' } },
          Outcome: /./ as never,
        },
      )
      await check('find', () => encryption.getKeys().toArray(), {
        MatchedCount: 1,
        _logger: 'mongowatch.cursor',
      })
      await check(
        'rewrapManyDataKey',
        () => encryption.rewrapManyDataKey({}, { provider: 'local' }),
        { Filter: {}, Options: { provider: 'local' }, MatchedCount: 1 },
      )
      await check('deleteKey', () => encryption.deleteKey(id), {
        Filter,
        DeletedCount: 1,
      })
      t.end()
    })

    await t.test(`driver ${version}: values`, async t => {
      const keyId = await encryption.createDataKey('local')
      const options = { keyId, algorithm: ALGORITHM }
      const secret = await check(
        'encrypt',
        () => encryption.encrypt(PLAINTEXT, options),
        { Options: { algorithm: ALGORITHM } },
      )
      const value = await check('decrypt', () => encryption.decrypt(secret), {
        Filter: undefined,
      })
      t.equal(value, PLAINTEXT)
      // the addon knows no algorithm for ranges: expressions are refused
      const expression = { $and: [{ name: { $gt: PLAINTEXT } }] }
      await check(
        'encryptExpression',
        () => encryption.encryptExpression(expression, options).catch(() => {}),
        {
          Filter: undefined,
          Options: { algorithm: ALGORITHM },
          Outcome: 'failure',
          ErrorType: 'TypeError',
        },
      )
      watched.clear()
      await t.rejects(encryption.encrypt(PLAINTEXT, { algorithm: 'none' }))
      t.match({ ...watched.finals()[0] }, { Outcome: 'failure' })
      t.equal(watched.finals().length, 1)
    })

    await t.test(`driver ${version}: callbacks`, async () => {
      if (!isInPackage(version)) return // since 6 there are none
      const answer = (name: string, ...args: unknown[]) =>
        new Promise<Any>((resolve, reject) =>
          encryption[name](...args, (error: unknown, value: unknown) =>
            error ? reject(error) : resolve(value),
          ),
        )
      const keyId = await check(
        'createDataKey',
        () => answer('createDataKey', 'local', {}),
        { InsertedCount: 1 },
      )
      const options = { keyId, algorithm: ALGORITHM }
      const secret = await check(
        'encrypt',
        () => answer('encrypt', PLAINTEXT, options),
        { Options: { algorithm: ALGORITHM } },
      )
      await check('decrypt', () => answer('decrypt', secret), {})
      const things = client.db(db).collection('things')
      await check(
        'findOne',
        () =>
          new Promise((resolve, reject) =>
            encryption.decrypt(secret, () =>
              things.findOne({ _id: 1 }).then(resolve, reject),
            ),
          ).finally(() => watched.iterations.splice(0, 2)),
        { Collection: 'things', _logger: 'mongowatch.collection' },
      )
    })

    await t.test(`driver ${version}: twenty at once`, async t => {
      const keyId = await encryption.createDataKey('local')
      const things = client.db(db).collection('things')
      watched.clear()
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          i % 2 === 0
            ? encryption.encrypt(PLAINTEXT, { keyId, algorithm: ALGORITHM })
            : things.findOne({ i }),
        ),
      )
      const names = watched.finals().map(record => record.Operation)
      t.equal(names.filter(name => name === 'encrypt').length, 10)
      t.equal(names.filter(name => name === 'findOne').length, 10)
      t.equal(names.length, 20)
    })

    await t.test(`driver ${version}: an encrypted collection`, async t => {
      const encryptedFields = { fields: [{ path: 'ssn', bsonType: 'string' }] }
      watched.clear()
      await encryption
        .createEncryptedCollection(client.db(db), 'patients', {
          provider: 'local',
          createCollectionOptions: { encryptedFields },
        })
        .catch(() => {}) // not every server can
      const [record, ...more] = watched.finals()
      t.strictSame(more, [])
      t.match(
        { ...record },
        {
          Operation: 'createEncryptedCollection',
          DB: db,
          Collection: 'patients',
        },
      )
    })

    await t.test(`driver ${version}: automatic decryption`, async t => {
      const keyId = await encryption.createDataKey('local')
      const secret = await encryption.encrypt(PLAINTEXT, {
        keyId,
        algorithm: ALGORITHM,
      })
      await client.db(db).collection('ill').insertOne({ _id: 1, secret })
      const reader = new watched.mongodb.MongoClient(server.uri, {
        autoEncryption: {
          keyVaultNamespace: `${db}.vault.keys`,
          kmsProviders: { local: { key: MASTER_KEY } },
          bypassAutoEncryption: true,
        },
      })
      t.teardown(() => reader.close())
      await reader.connect()
      watched.clear()
      const found = await reader.db(db).collection('ill').findOne({ _id: 1 })
      t.equal(found.secret, PLAINTEXT)
      const names = watched.finals().map(record => record.Operation)
      t.strictSame(names, ['findOne'], 'the search for the key is silent')
    })

    const { coverage, open: opened } = watched.context
    t.equal(opened.size, 0, 'nothing is open')
    t.same([...coverage.missed], [], 'nothing escaped')
  }
})

t.test('without its native part it fails as it does bare', async t => {
  for (const version of VERSIONS.filter(each => !isInPackage(each))) {
    const { mongodb, driver } = watchDriver(t, await driverPath(version))
    t.ok(driver.patched.includes('ClientEncryption.encrypt'))
    const construct = () =>
      new mongodb.ClientEncryption(new mongodb.MongoClient('mongodb://a'), {
        keyVaultNamespace: 'a.b',
        kmsProviders: { local: { key: MASTER_KEY } },
      })
    const masked = messageOf(construct)
    driver.undo()
    t.equal(masked, messageOf(construct))
    t.match(masked, /mongodb-client-encryption/)
  }
})

/** What must be in no record, as text, base64 or hexadecimal. */
const SECRETS = [
  PLAINTEXT,
  Buffer.from(PLAINTEXT).toString('base64'),
  Buffer.from(PLAINTEXT).toString('hex'),
  'kkkkkkkk',
  MASTER_KEY.toString('base64').slice(0, 12),
  MASTER_KEY.toString('hex').slice(0, 12),
]

function messageOf(task: () => unknown): string {
  try {
    task()
    return 'nothing'
  } catch (error) {
    return String(error)
  }
}
