import { dirname, join } from 'node:path'
import t from 'tap'
import { encryptingDriver, unlessEncryption } from '../fixtures/encryption.ts'
import { onEveryNode } from '../fixtures/hook.ts'
import { operations, run } from '../fixtures/run.ts'
import { useServer } from '../fixtures/server.ts'

const WORK = `
async function main() {
  const client = new MongoClient(process.env.URI)
  await client.connect()
  const encryption = new ClientEncryption(client, {
    keyVaultNamespace: process.env.DB + '.keys',
    kmsProviders: { local: { key: Buffer.alloc(96, 'k') } },
  })
  const keyId = await encryption.createDataKey('local')
  const algorithm = 'AEAD_AES_256_CBC_HMAC_SHA_512-Random'
  const secret = await encryption.encrypt('it', { keyId, algorithm })
  console.log(await encryption.decrypt(secret))
  await client.close()
}
main()
`

/** How applications come by the class. */
const APPLICATIONS: Readonly<Record<string, { name: string; code: string }>> = {
  'a class that is required': {
    name: 'app.cjs',
    code: `const { ClientEncryption } = require('mongodb-client-encryption')
      const { MongoClient } = require('mongodb')`,
  },
  'a class that is made for a driver': {
    name: 'app.cjs',
    code: `const mongodb = require('mongodb')
      const { MongoClient } = mongodb
      const { extension } = require('mongodb-client-encryption')
      const { ClientEncryption } = extension(mongodb)`,
  },
  'a class that is imported': {
    name: 'app.mjs',
    code: `import { MongoClient } from 'mongodb'
      import { ClientEncryption } from 'mongodb-client-encryption'`,
  },
  'a class that is made for a driver that is imported': {
    name: 'app.mjs',
    code: `import * as mongodb from 'mongodb'
      import encryption from 'mongodb-client-encryption'
      const { MongoClient } = mongodb
      const { ClientEncryption } = encryption.extension(mongodb)`,
  },
}

const DRIVERS = ['4.17.2', '5.9.2']

t.setTimeout(300_000)

t.test(
  'encryption for drivers before 6',
  {
    skip: unlessEncryption(),
  },
  async t => {
    const { uri } = await useServer(t)
    for (const version of DRIVERS) {
      const driver = await encryptingDriver(version)
      const addon = join(dirname(driver), 'mongodb-client-encryption')
      for (const [title, { name, code }] of Object.entries(APPLICATIONS)) {
        const check = async (node: string, number: string) => {
          const { stdout, stderr, records } = await run(t, {
            packages: [driver, addon],
            name,
            code: code + WORK,
            node,
            env: { URI: uri, DB: `encrypted_${process.pid}_${number}` },
          })
          t.same({ stdout, stderr }, { stdout: 'it\n', stderr: '' })
          t.strictSame(
            operations(records).map(({ Operation, Driver }) =>
              [Operation, Driver].join(' '),
            ),
            ['connect', 'createDataKey', 'encrypt', 'decrypt', 'close'].map(
              operation => `${operation} ${version}`,
            ),
          )
        }
        onEveryNode(
          t,
          `${title}, driver ${version}`,
          (_, node, number) => check(node, String(number)),
          ['current', 26],
        )
      }
    }
  },
)
