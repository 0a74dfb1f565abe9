import { join } from 'node:path'
import t from 'tap'
import { driverPath } from './fixtures/packages.ts'
import { operations, ROOT, run } from './fixtures/run.ts'
import { useServer } from './fixtures/server.ts'

const INDEX = JSON.stringify(join(ROOT, 'dist/index.js'))

t.test('mongowatch in the code of an application', async t => {
  const server = await useServer(t)
  const packages = [await driverPath('7.9.0')]
  const env = { URI: server.uri, DB: server.dbName }
  const head = `
    const mongodb = require('mongodb')
    const { patchMongodb, unpatchMongodb, configure, addHandlers } = require(${INDEX})
    const file = name => ({ class: 'file', filename: __dirname + '/' + name, formatter: 'json' })
    const formatters = { json: { type: 'json' } }
    const main = async task => {
      const client = new mongodb.MongoClient(process.env.URI)
      await task(client.db(process.env.DB).collection('things'))
      await client.close()
    }`

  t.test('patchMongodb watches a driver that is loaded', async t => {
    const { code, records, stderr } = await run(t, {
      mask: 'none',
      packages,
      env,
      code: `${head}
        patchMongodb(mongodb)
        patchMongodb(mongodb)
        main(things => things.findOne({ a: 1 }))`,
    })
    t.equal(code, 0, stderr)
    t.same(
      operations(records).map(r => r.Operation),
      ['findOne', 'close'],
    )
    const stop = records.find(r => r.Operation === '$stop')
    t.match(stop, { Options: { seen: 1, recorded: 1, open: 0 } })
    t.match(records[0], { Operation: '$start', Driver: '7.9.0' })
  })

  t.test('patchMongodb takes an ES module namespace', async t => {
    const { code, records, stderr } = await run(t, {
      mask: 'none',
      packages,
      env,
      name: 'app.mjs',
      code: `
        import * as mongodb from 'mongodb'
        import mongowatch from ${INDEX}
        mongowatch.patchMongodb(mongodb)
        const client = new mongodb.MongoClient(process.env.URI)
        await client.db(process.env.DB).collection('things').findOne({ b: 1 })
        await client.close()`,
    })
    t.equal(code, 0, stderr)
    t.match(operations(records)[0], { Operation: 'findOne', Filter: { b: 1 } })
  })

  t.test('unpatchMongodb puts the methods back', async t => {
    const { stdout, records } = await run(t, {
      mask: 'none',
      packages,
      env,
      code: `${head}
        const before = mongodb.Collection.prototype.findOne
        patchMongodb(mongodb)
        const during = mongodb.Collection.prototype.findOne
        unpatchMongodb()
        console.log(during !== before, mongodb.Collection.prototype.findOne === before)
        main(things => things.findOne({}))`,
    })
    t.equal(stdout, 'true true\n')
    t.same(operations(records), [])
  })

  t.test('what was seen before unpatchMongodb is in $stop', async t => {
    const { code, records, stderr } = await run(t, {
      mask: 'none',
      packages,
      env,
      code: `${head}
        patchMongodb(mongodb)
        main(async things => {
          await things.findOne({})
          unpatchMongodb()
        })`,
    })
    t.equal(code, 0, stderr)
    t.match(records.at(-1), {
      Operation: '$stop',
      Options: { seen: 1, recorded: 1 },
    })
  })

  t.test('configure replaces the configuration', async t => {
    const { code, records, stderr } = await run(t, {
      mask: 'none',
      packages,
      env,
      config: folder => ({
        version: 1,
        handlers: { other: { class: 'file', filename: `${folder}/other` } },
      }),
      code: `${head}
        configure({ version: 1, formatters, handlers: { a: file('records.jsonl') } })
        patchMongodb(mongodb)
        main(things => things.findOne({}))`,
    })
    t.equal(code, 0, stderr)
    t.match(operations(records)[0], { Operation: 'findOne' })
  })

  t.test('a wrong configuration is an error with its place', async t => {
    const { stdout } = await run(t, {
      mask: 'none',
      packages,
      env,
      code: `${head}
        try {
          configure({ version: 1, handlers: { a: { class: 'fil' } } })
        } catch (error) {
          console.log(error.name, error.code, error.message)
        }`,
    })
    t.match(
      stdout,
      /MongowatchError MONGOWATCH_CONFIG handlers\.a\.class.*file/,
    )
  })

  t.test('addHandlers adds to what is configured', async t => {
    const { code, records, stderr } = await run(t, {
      mask: 'none',
      packages,
      env,
      code: `${head}
        addHandlers({ more: file('more.jsonl') }, { formatters })
        patchMongodb(mongodb)
        main(things => things.findOne({ c: 1 })).then(() => process.on('exit', () => {
          const text = require('fs').readFileSync(__dirname + '/more.jsonl', 'utf8')
          console.log(text.split('\\n').filter(line => line.includes('findOne')).length)
        }))`,
    })
    t.equal(code, 0, stderr)
    t.match(operations(records)[0], { Operation: 'findOne' })
  })

  t.test('something that is no driver is refused', async t => {
    const { stdout } = await run(t, {
      mask: 'none',
      code: `
        try {
          require(${INDEX}).patchMongodb({})
        } catch (error) {
          console.log(error.code)
        }`,
    })
    t.equal(stdout, 'MONGOWATCH_NO_DRIVER\n')
  })
})
