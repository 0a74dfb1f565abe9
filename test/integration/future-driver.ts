import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import t, { type Test } from 'tap'
import { driverPath } from '../fixtures/packages.ts'
import { operations, run } from '../fixtures/run.ts'
import { useServer } from '../fixtures/server.ts'

// biome-ignore lint/suspicious/noExplicitAny: a record, whatever its fields
type Any = any

/**
 * A copy of the newest driver that one may change: what its users would have
 * after an update.
 */
async function copyDriver(t: Test): Promise<string> {
  const original = dirname(await driverPath('7.9.0'))
  const folder = await mkdtemp(join(tmpdir(), 'mongowatch-driver-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const modules = join(folder, basename(original))
  cpSync(original, modules, { recursive: true })
  return join(modules, 'mongodb')
}

function setVersion(driver: string, version: string): void {
  const path = join(driver, 'package.json')
  const facts = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(path, JSON.stringify({ ...facts, version }))
}

/** A way to read that no driver has today: by its own operation. */
const NEW_METHOD = `
const execute = require('./operations/execute_operation')
const { FindOperation } = require('./operations/find')
class PeekOperation extends FindOperation {}
Collection.prototype.peekOne = async function (filter) {
  const operation = new PeekOperation(this.fullNamespace, filter, { limit: -1 })
  const answer = await execute.executeOperation(this.client, operation)
  return answer.shift?.() ?? null
}
`

const APPLICATION = `
const { MongoClient } = require('mongodb')
const client = new MongoClient(process.env.URI)
const things = client.db(process.env.DB).collection('things')
async function main() {
  await things.insertOne({ _id: 1 })
  await things.findOne({ _id: 1 })
  if (things.peekOne) {
    const found = await things.peekOne({ _id: 1 })
    console.log('peeked', found._id)
    const writes = Array.from({ length: 40 }, (_, i) => [
      { insertOne: { document: { i } } },
      { updateOne: { filter: { i }, update: { $set: { n: 1 } } } },
    ])
    const written = things.bulkWrite(writes.flat())
    for (let i = 0; i < 9; i++) await things.peekOne({ _id: 2 })
    await written
    console.log('written while peeking')
  }
  const count = await things.countDocuments?.({})
  console.log('counted', count)
  await client.close()
}
main()
`

t.setTimeout(120_000)

t.test('a driver of the future', async t => {
  const server = await useServer(t)
  const start = (driver: string, name: string) =>
    run(t, {
      packages: [driver],
      code: APPLICATION,
      env: { URI: server.uri, DB: `${server.dbName}_${name}` },
    })

  t.test('a method that nobody knows is named by $stop', async t => {
    const driver = await copyDriver(t)
    appendFileSync(join(driver, 'lib/collection.js'), NEW_METHOD)
    const { code, stdout, stderr, records } = await start(driver, 'method')
    t.match({ code, stderr }, { code: 0, stderr: '' })
    t.equal(stdout, 'peeked 1\nwritten while peeking\ncounted 41\n')
    const names = operations(records).map(record => record.Operation)
    t.strictSame(names, [
      ...['insertOne', 'findOne', 'bulkWrite', 'countDocuments', 'close'],
    ])
    const stop: Any = records.at(-1)
    t.match(stop, {
      Operation: '$stop',
      // also those that ran beside a bulk write on the same collection
      Options: { missed: { PeekOperation: 10 } },
    })
    t.equal(stop.Options.seen - stop.Options.recorded, 10)
  })

  t.test('a version outside the range is said once, and watched', async t => {
    const driver = await copyDriver(t)
    setVersion(driver, '8.0.0')
    const { code, stdout, stderr, records } = await start(driver, 'version')
    t.match({ code, stdout }, { code: 0, stdout: 'counted 1\n' })
    t.match(stderr, /^mongowatch: mongodb 8\.0\.0 in .* is watched as far as/)
    t.equal(stderr.split('\n').length, 2, 'one line')
    const names = operations(records).map(record => record.Operation)
    t.strictSame(names, ['insertOne', 'findOne', 'countDocuments', 'close'])
    t.equal(records[0]?.Driver, '8.0.0')
  })

  t.test('a method that is gone leaves the others watched', async t => {
    const driver = await copyDriver(t)
    const gone = '\ndelete Collection.prototype.countDocuments\n'
    appendFileSync(join(driver, 'lib/collection.js'), gone)
    const { code, stdout, stderr, records } = await start(driver, 'gone')
    t.match({ code, stderr }, { code: 0, stderr: '' })
    t.equal(stdout, 'counted undefined\n')
    const names = operations(records).map(record => record.Operation)
    t.strictSame(names, ['insertOne', 'findOne', 'close'])
  })

  t.test('a class that is gone leaves the others watched', async t => {
    const driver = await copyDriver(t)
    writeFileSync(
      join(driver, 'lib/gridfs/index.js'),
      'exports.Other = class {}',
    )
    const { code, stderr, records } = await start(driver, 'class')
    t.match({ code, stderr }, { code: 0, stderr: '' })
    const names = operations(records).map(record => record.Operation)
    t.strictSame(names, ['insertOne', 'findOne', 'countDocuments', 'close'])
  })
})
