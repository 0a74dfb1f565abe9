import { join } from 'node:path'
import t from 'tap'
import { operations, ROOT, run } from '../fixtures/run.ts'
import { useServer } from '../fixtures/server.ts'

t.test('whatever a listener for exit does', async t => {
  const { uri, dbName } = await useServer(t)
  for (const [does, code] of [
    ['process.exit(3)', 3],
    ['{ throw new Error("of the application") }', 1],
  ] as const) {
    const result = await run(t, {
      code: `
        process.on('exit', () => ${does})
        const { MongoClient } = require('mongodb')
        async function main() {
          const client = await MongoClient.connect(${JSON.stringify(uri)})
          const shop = client.db(${JSON.stringify(dbName)}).collection('shop')
          for (let i = 0; i < 5; i++) await shop.insertOne({ i })
          await client.close()
        }
        main()`,
      packages: [join(ROOT, 'node_modules/mongodb')],
    })
    const { records } = result
    t.equal(result.code, code)
    const inserted = operations(records).filter(
      ({ Operation }) => Operation === 'insertOne',
    )
    t.equal(inserted.length, 5, does)
    t.equal(records.at(-1)?.Operation, '$stop')
  }
})
