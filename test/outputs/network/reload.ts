import { join } from 'node:path'
import t from 'tap'
import { ROOT, run } from '../../fixtures/run.ts'
import { useServer } from '../../fixtures/server.ts'

t.test('what waits at a reload is sent, or its loss is written', async t => {
  const { uri, dbName } = await useServer(t)
  const code = `
    const { MongoClient } = require('mongodb')
    const { readFileSync, writeFileSync } = require('node:fs')
    const pause = ms => new Promise(resolve => setTimeout(resolve, ms))
    async function main() {
      const client = await MongoClient.connect(${JSON.stringify(uri)})
      const shop = client.db(${JSON.stringify(dbName)}).collection('shop')
      const path = process.env.MONGOWATCH_CONFIG
      for (let round = 0; round < 3; round++) {
        for (let i = 0; i < 20; i++) await shop.insertOne({ i })
        writeFileSync(path, readFileSync(path, 'utf8') + '\\n')
        await pause(2500)
      }
      await client.close()
    }
    main()`
  const {
    records,
    stderr,
    code: exit,
  } = await run(t, {
    code,
    packages: [join(ROOT, 'node_modules/mongodb')],
    config: folder => ({
      version: 1,
      reload: true,
      formatters: { json: { type: 'json' } },
      handlers: {
        net: {
          class: 'otlp',
          endpoint: 'http://127.0.0.1:9',
          filters: ['shop'],
        },
        file: {
          class: 'file',
          filename: join(folder, 'records.jsonl'),
          formatter: 'json',
        },
      },
      filters: { shop: { match: { Operation: 'insertOne' } } },
      loggers: { mongowatch: { level: 'info', handlers: ['net', 'file'] } },
    }),
  })
  t.equal(exit, 0, stderr)
  const of = (name: string) => records.filter(r => r.Operation === name)
  t.ok(of('$reload').length > 0)
  t.equal(of('insertOne').length, 60)
  let lost = 0
  for (const { Options } of of('$drop')) {
    const { handler, count } = Object(Options)
    t.equal(handler, 'net')
    lost += count
  }
  const about = records.filter(({ Operation }) =>
    /^\$(?!drop)/.test(String(Operation)),
  )
  t.ok(lost >= 60 && lost <= 60 + about.length, `${lost} are told`)
})
