import t from 'tap'
import { VERSIONS } from '../fixtures/drivers.ts'
import { driverPath } from '../fixtures/packages.ts'
import { operations, run } from '../fixtures/run.ts'
import { useServer } from '../fixtures/server.ts'

/**
 * Reads so many documents in so many batches in every way, and prints how many
 * calls of functions of ours V8 counted.
 */
const APPLICATION = `
const { MongoClient } = require('mongodb')
const { Session } = require('node:inspector')
const session = new Session()
session.connect()
const post = (method, options) => new Promise((resolve, reject) =>
  session.post(method, options, (error, result) => error ? reject(error) : resolve(result)))
async function calls(read) {
  await post('Profiler.takePreciseCoverage')
  const documents = await read()
  const { result } = await post('Profiler.takePreciseCoverage')
  const ours = result.filter(script => script.url.includes('/dist/'))
  const counts = ours.flatMap(script => script.functions).map(f => f.ranges[0].count)
  return [documents, counts.reduce((sum, count) => sum + count, 0)]
}
const WAYS = {
  next: async cursor => { let n = 0; while (await cursor.next() !== null) n++; return n },
  toArray: async cursor => (await cursor.toArray()).length,
  'for await': async cursor => { let n = 0; for await (const _ of cursor) n++; return n },
  stream: async cursor => { let n = 0; for await (const _ of cursor.stream()) n++; return n },
}
async function main() {
  const client = new MongoClient(process.env.URI)
  await client.connect()
  const one = client.db(process.env.DB).collection('one')
  await one.insertOne({})
  const open = (size, batches) => one.aggregate([
    { $project: { n: { $range: [0, size] } } }, { $unwind: '$n' },
  ], { batchSize: size / batches })
  await open(100, 10).toArray() // everything is loaded
  await post('Profiler.enable')
  await post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  const seen = {}
  for (const [name, read] of Object.entries(WAYS)) {
    seen[name] = {
      few: await calls(() => read(open(1000, 100))),
      many: await calls(() => read(open(100000, 100))),
    }
  }
  await client.close()
  console.log(JSON.stringify(seen))
}
main()
`

t.test('what we do for a cursor is per batch, never per document', async t => {
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
    for (const [name, { few, many }] of Object.entries<Counts>(
      JSON.parse(stdout),
    )) {
      t.same([few[0], many[0]], [1000, 100_000], `${version} ${name}`)
      t.ok(few[1] > 100, `${few[1]} calls for 1000 documents`)
      const more = many[1] - few[1]
      // timers of ours fall into it too: on a slow machine the operation is
      // written while it is open, which loads what writes it
      t.ok(more < 10_000, `${many[1]} calls for 100,000 documents`)
    }
    const reads = operations(records).filter(r => r.Operation === 'aggregate')
    // on a slow machine one may also be written while it is open
    t.equal(new Set(reads.map(record => record.WatchID)).size, 9)
  }
})

type Counts = Readonly<Record<'few' | 'many', readonly [number, number]>>
