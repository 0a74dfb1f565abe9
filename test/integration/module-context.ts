import { join } from 'node:path'
import t from 'tap'
import { driverPath, NEWEST } from '../fixtures/packages.ts'
import { operations, run } from '../fixtures/run.ts'
import { useServer } from '../fixtures/server.ts'

/** Who asked is in a context, and a filter writes it into the record. */
const CODE = `
  const { AsyncLocalStorage } = require('node:async_hooks')
  const { MongoClient } = require('mongodb')
  const user = globalThis.user = new AsyncLocalStorage()
  const client = new MongoClient(process.env.URI)
  const orders = client.db(process.env.DB).collection('orders')
  const pause = ms => new Promise(resolve => setTimeout(resolve, ms))
  const open = async filter => {
    const cursor = orders.find(filter, { batchSize: 2 })
    await cursor.next()
    return cursor
  }
  async function main() {
    await user.run('anna', () => orders.insertMany([1, 2, 3, 4, 5].map(n => ({ n }))))
    const closed = await user.run('bert', () => open({ n: { $gt: 0 } }))
    await user.run('anna', () => orders.findOne({ n: 1 }))
    await user.run('carl', () => open({ n: { $gt: 1 } })) // and left open
    await user.run('dora', () => pause(1900))
    await user.run('dora', () => closed.close())
    user.run('dora', () => process.exit())
  }
  main()`

const CONFIG = (folder: string) => ({
  watchers: { cursor: { timeout_sec: 1 } },
  formatters: { json: { type: 'json' } },
  filters: { who: { module: './who.cjs' } },
  handlers: {
    file: {
      class: 'file',
      filename: join(folder, 'records.jsonl'),
      formatter: 'json',
      filters: ['who'],
      queue: false,
    },
  },
})

t.setTimeout(120_000)

t.test('a filter of one’s own runs in the context of the call', async t => {
  const server = await useServer(t)
  for (const version of NEWEST) {
    const { code, stderr, records } = await run(t, {
      code: CODE,
      config: CONFIG,
      files: {
        'who.cjs':
          'module.exports = record => ({ ...record, Actor: globalThis.user.getStore() })',
      },
      packages: [await driverPath(version)],
      env: { URI: server.uri, DB: `${server.dbName}_${version.slice(0, 1)}` },
    })
    t.equal(code, 0, stderr)
    // those that time out at once come newest first
    const told = operations(records)
      .filter(({ Operation }) => Operation !== 'connect')
      .map(record => `${record.Operation} ${record.Actor} ${record.Iteration}`)
    t.strictSame(
      told.sort(),
      [
        'find bert 1',
        'find bert final(1)',
        'find carl 1',
        'find carl final(1)',
        'findOne anna final',
        'insertMany anna final',
      ],
      version,
    )
  }
})
