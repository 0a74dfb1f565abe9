import t from 'tap'
import { VERSIONS } from '../fixtures/drivers.ts'
import { driverPath } from '../fixtures/packages.ts'
import { operations, run } from '../fixtures/run.ts'
import { useServer } from '../fixtures/server.ts'

/**
 * Forgets a cursor and an upload half-way, waits until they are collected, and
 * ends with two others open.
 */
const APPLICATION = `
const { MongoClient, GridFSBucket } = require('mongodb')
const { setTimeout: sleep } = require('node:timers/promises')
require('node:v8').setFlagsFromString('--expose-gc')
const collect = require('node:vm').runInNewContext('gc')
const kept = []
async function main() {
  const client = new MongoClient(process.env.URI)
  await client.connect()
  const db = client.db(process.env.DB)
  await db.collection('things').insertMany(Array.from({ length: 25 }, (_, n) => ({ n })))
  const read = async (name, keep) => {
    // the driver holds on to cursors whose session is its own
    const session = client.startSession()
    const cursor = db.collection('things').find({ name: { $ne: name } }, { session, batchSize: 10 })
    await cursor.next()
    if (keep) kept.push(cursor)
  }
  const upload = async (name, keep) => {
    const stream = new GridFSBucket(db, { chunkSizeBytes: 1024 }).openUploadStream(name)
    await new Promise(resolve => stream.write(Buffer.alloc(2048), resolve))
    if (keep) kept.push(stream)
  }
  await read('forgotten')
  await upload('forgotten')
  await read('kept', true)
  await upload('kept', true)
  for (let i = 0; i < 10; i++) {
    await sleep(200)
    collect()
  }
  console.log(client.s?.activeCursors !== undefined)
  process.exit()
}
main()
`

t.test('what the application forgets half-way is abandoned', async t => {
  const server = await useServer(t)
  for (const version of VERSIONS) {
    const { code, stdout, stderr, records } = await run(t, {
      code: APPLICATION,
      packages: [await driverPath(version)],
      env: {
        URI: server.uri,
        DB: `${server.dbName}_${version.replace(/\W/g, '_')}`,
      },
    })
    t.same({ code, stderr }, { code: 0, stderr: '' }, version)
    const ends = operations(records)
      .filter(record => record.EndReason !== undefined)
      .map(record => {
        const filter = Object(record.Filter)
        const name = filter.filename ?? filter.name.$ne
        return `${record.Operation} ${name} ${record.EndReason} ${record.Outcome}`
      })
    // newer drivers know their open cursors, so nothing collects them
    const isHeld = stdout.trim() === 'true'
    t.same(ends.sort(), [
      isHeld
        ? 'find forgotten exit unknown'
        : 'find forgotten abandoned success',
      'find kept exit unknown',
      'openUploadStream forgotten abandoned success',
      'openUploadStream kept exit unknown',
    ])
  }
})
