import t from 'tap'
import { driverPath } from './fixtures/packages.ts'
import { operations, run } from './fixtures/run.ts'
import { useServer } from './fixtures/server.ts'

const HEAD = `
  const { MongoClient } = require('mongodb')
  const client = new MongoClient(process.env.URI)
  const things = client.db(process.env.DB).collection('things')
  const wait = ms => new Promise(resolve => setTimeout(resolve, ms))
  `

t.test('the preload, put together', async t => {
  const server = await useServer(t)
  const packages = [await driverPath('7.9.0')]
  const env = { URI: server.uri, DB: server.dbName }

  t.test(
    'the first record says what is watched, the last what was seen',
    async t => {
      const { records, code, stderr } = await run(t, {
        packages,
        env,
        code: `${HEAD}
        things.findOne({}).then(() => client.close())`,
      })
      t.equal(code, 0, stderr)
      t.equal(stderr, '')
      t.match(records[0], {
        Operation: '$start',
        Driver: '7.9.0',
        Options: {
          version: /^\d+\.\d+\.\d+$/,
          path: /mongodb$/,
          patched: { Collection: Number, AbstractCursor: Number, Db: Number },
          config: [{ path: /mongowatch\.yaml$/, digest: /^[0-9a-f]{64}$/ }],
        },
      })
      t.match(records.at(-1), {
        Operation: '$stop',
        Options: {
          seen: 1,
          recorded: 1,
          open: 0,
          handlers: { records: { lost: 0 } },
        },
      })
      t.same(
        records.map(record => record.Seq),
        records.map((_, i) => i + 1),
      )
    },
  )

  t.test(
    'a process that loads the driver and does nothing says so',
    async t => {
      const { records } = await run(t, {
        packages,
        env,
        code: `require('mongodb')`,
      })
      t.same(
        records.map(record => record.Operation),
        ['$start', '$stop'],
      )
    },
  )

  t.test('what is open at the end is written with its reason', async t => {
    const { records } = await run(t, {
      packages,
      env,
      code: `${HEAD}
        things.insertMany([{ a: 1 }, { a: 2 }, { a: 3 }])
          .then(() => things.find({}, { batchSize: 2 }).next())
          .then(() => {
            things.countDocuments({ open: true })
            process.exit(3)
          })`,
    })
    t.match(operations(records).slice(-2), [
      {
        Operation: 'find',
        Outcome: 'unknown',
        EndReason: 'exit',
        MatchedCount: 2,
        ReturnedCount: 1,
      },
      { Operation: 'countDocuments', Outcome: 'unknown', EndReason: 'exit' },
    ])
  })

  t.test(
    'an operation that is open too long is written as it stands',
    async t => {
      const { records } = await run(t, {
        packages,
        env,
        config: folder => ({
          version: 1,
          formatters: { json: { type: 'json' } },
          handlers: {
            records: {
              class: 'file',
              filename: `${folder}/records.jsonl`,
              formatter: 'json',
            },
          },
          watchers: { cursor: { timeout_sec: 0.2 } },
        }),
        code: `${HEAD}
        things.insertMany([{ b: 1 }, { b: 2 }, { b: 3 }])
          .then(async () => {
            const cursor = things.find({ b: { $gt: 0 } }, { batchSize: 2 })
            await cursor.next()
            await wait(1500)
            await cursor.close()
            await client.close()
          })`,
      })
      const finds = records.filter(record => record.Operation === 'find')
      t.match(finds, [
        { Iteration: 1, Outcome: 'unknown', MatchedCount: 2 },
        {
          Iteration: 'final(1)',
          Outcome: 'success',
          EndReason: 'closed',
          ReturnedCount: 1,
        },
      ])
      t.equal(finds[0]?.WatchID, finds[1]?.WatchID)
    },
  )

  t.test('every batch is an iteration when the level asks for it', async t => {
    const { records } = await run(t, {
      packages,
      env,
      config: folder => ({
        version: 1,
        formatters: { json: { type: 'json' } },
        handlers: {
          records: {
            class: 'file',
            filename: `${folder}/records.jsonl`,
            formatter: 'json',
            level: 'debug',
            queue: false,
          },
        },
        loggers: { mongowatch: { level: 'debug', handlers: ['records'] } },
      }),
      code: `${HEAD}
        things.insertMany([1, 2, 3, 4, 5].map(c => ({ c })))
          .then(() => things.find({ c: { $gt: 0 } }, { batchSize: 2 }).toArray())
          .then(() => client.close())`,
    })
    const finds = records.filter(record => record.Operation === 'find')
    t.same(
      finds.map(({ Iteration, MatchedCount }) => [Iteration, MatchedCount]),
      [
        [0, 0],
        [1, 4],
        [2, 5],
        ['final(2)', 5],
      ],
    )
  })

  t.test('a changed file is taken over, a wrong one is not', async t => {
    const { records, stderr } = await run(t, {
      packages,
      env,
      config: folder => ({
        version: 1,
        reload: true,
        handlers: {
          records: {
            class: 'file',
            filename: `${folder}/records.jsonl`,
            formatter: 'json',
          },
        },
        formatters: { json: { type: 'json' } },
      }),
      code: `${HEAD}
        const fs = require('fs')
        const file = process.env.MONGOWATCH_CONFIG
        const config = JSON.parse(fs.readFileSync(file, 'utf8'))
        const change = async part => {
          fs.writeFileSync(file, JSON.stringify({ ...config, ...part }))
          await wait(4000)
        }
        const main = async () => {
          await things.findOne({ n: 1 })
          await change({ watchers: { collection: { enabled: false } } })
          await things.findOne({ n: 2 })
          await change({ watchers: { collection: { enabled: 'wrong' } } })
          await things.findOne({ n: 3 })
          await change({})
          await things.findOne({ n: 4 })
          fs.writeFileSync(file, '')
          await wait(4000)
          await things.findOne({ n: 5 })
          await change({ reload: undefined })
          await change({ watchers: { collection: { enabled: false } } })
          await things.findOne({ n: 6 })
          await change({})
          fs.rmSync(file)
          await wait(4000)
          await things.findOne({ n: 7 })
          await client.close()
        }
        main()`,
    })
    t.same(
      records
        .filter(record => record.Operation === 'findOne')
        .map(record => record.Filter),
      [{ n: 1 }, { n: 4 }, { n: 5 }, { n: 7 }],
    )
    t.same(
      records
        .filter(record => record.Operation === '$reload')
        .map(record => record.Outcome === 'success'),
      [true, false, true, false, true, true, true, false],
    )
    t.same(
      records.map(record => record.Seq),
      records.map((_, i) => i + 1),
      'Seq goes on',
    )
    t.match(records.at(-1)?.Options, {
      handlers: {
        records: { received: records.length - 1, written: records.length - 1 },
      },
    })
    t.match(stderr, /watchers\.collection\.enabled/)
    t.match(stderr, 'in the configuration, what was in force before stays')
    t.match(stderr, 'Nothing stands in this file any more')
    t.match(stderr, 'names a file that is not there')
    t.notMatch(stderr, 'its valid part is used')
  })
})
