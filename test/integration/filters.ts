import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { driverPath } from '../fixtures/packages.ts'
import { run } from '../fixtures/run.ts'
import { useServer } from '../fixtures/server.ts'

const CODE = `
  const { MongoClient } = require('mongodb')
  const client = new MongoClient(process.env.URI)
  const db = client.db(process.env.DB)
  async function main() {
    await db.collection('people').createIndex({ email: 1 }, { unique: true })
    await db.collection('people').insertOne({ email: 'alice@example.org' })
    await db.collection('people').findOne({ email: 'alice@example.org' })
    await db.collection('people').insertMany([{ email: 'b' }, { email: 'c' }])
    await db.collection('orders').find({ note: 'of alice@example.org' }).toArray()
    await db.collection('people').insertOne({ email: 'alice@example.org' }).catch(() => {})
    await client.close()
  }
  main()`

const HANDLERS = {
  plain: [],
  masked: ['mask'],
  private: ['private'],
  people: ['people'],
  expression: ['orders'],
  sums: ['inserts'],
  mine: ['mine'],
}

function config(folder: string): object {
  const handlers = Object.entries(HANDLERS).map(([name, filters]) => {
    const filename = join(folder, `${name}.jsonl`)
    return [name, { class: 'file', filename, formatter: 'json', filters }]
  })
  return {
    formatters: { json: { type: 'json' } },
    filters: {
      mask: { mask: {} },
      private: { redact: { rules: [{ detect: ['email'], action: 'type' }] } },
      people: {
        match: { Collection: 'people', Operation: { $regex: '^insert' } },
      },
      orders: { when: 'Collection.matches("^ord") && MatchedCount == 0' },
      inserts: { rate: { attributes: ['InsertedCount'] } },
      mine: { module: './mine.mjs' },
    },
    handlers: Object.fromEntries(handlers),
  }
}

t.test('handlers of one process, each with filters of its own', async t => {
  const server = await useServer(t)
  const { stderr, code, folder } = await run(t, {
    code: CODE,
    config,
    files: {
      'mine.mjs':
        'export default r => r.DB !== undefined && { ...r, Team: "a" }',
    },
    packages: [await driverPath('7.9.0')],
    env: { URI: server.uri, DB: server.dbName },
  })
  t.equal(code, 0, stderr)
  t.equal(stderr, '')
  const text = (name: string) =>
    readFileSync(join(folder, `${name}.jsonl`), 'utf8')
  const records = (name: string) =>
    text(name)
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
      .filter(({ Operation }) => !/^\$(start|stop)$/.test(Operation))

  t.match(text('plain'), 'alice@example.org')
  for (const name of ['masked', 'private']) {
    t.notMatch(text(name), 'alice@example.org', name)
    t.equal(records(name).length, records('plain').length, name)
  }
  t.match(text('private'), 'of ?email')
  t.same(
    records('people').map(({ Operation }) => Operation),
    ['insertOne', 'insertMany', 'insertOne'],
  )
  t.match(records('expression'), [{ Collection: 'orders', Operation: 'find' }])
  t.match(records('sums').at(-1), { Operation: '$rate', InsertedCount: 3 })
  t.ok(records('mine').every(({ Team }) => Team === 'a'))
})
