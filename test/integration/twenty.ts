import t from 'tap'
import { driverPath } from '../fixtures/packages.ts'
import { operations, run } from '../fixtures/run.ts'
import { useServer } from '../fixtures/server.ts'

const DRIVERS = ['4.17.2', '5.9.2', '6.22.0', '7.9.0']
const ROUNDS = 200

/** Twenty calls, each with a filter that no other call has. */
const APPLICATION = `
const { MongoClient } = require('mongodb')
const client = new MongoClient(process.env.URI, { maxPoolSize: 8 })
const orders = client.db(process.env.DB).collection('orders')
const drain = async cursor => { for await (const _ of cursor) ; }
const CALLS = {
  find: [f => orders.find(f).toArray(), f => drain(orders.find({ $or: [f, {}] }, { batchSize: 7 })),
    f => orders.find(f).next(), f => orders.find({ $bad: f }).toArray().catch(() => {})],
  aggregate: [f => orders.aggregate([{ $match: f }]).toArray(),
    f => drain(orders.aggregate([{ $match: { $or: [f, {}] } }], { batchSize: 9 }))],
  findOne: [f => orders.findOne(f), f => orders.findOne({ n: 1, ...f })],
  countDocuments: [f => orders.countDocuments(f), f => orders.countDocuments({ $bad: f }).catch(() => {})],
  distinct: [f => orders.distinct('n', f)],
  updateOne: [f => orders.updateOne({ n: 1, $or: [f, {}] }, { $inc: { x: 1 } }), f => orders.updateOne(f, { $bad: 1 }).catch(() => {})],
  updateMany: [f => orders.updateMany(f, { $set: { x: 0 } })],
  replaceOne: [f => orders.replaceOne(f, { x: 0 })],
  deleteOne: [f => orders.deleteOne(f)],
  deleteMany: [f => orders.deleteMany(f)],
  findOneAndUpdate: [f => orders.findOneAndUpdate({ n: 2, $or: [f, {}] }, { $inc: { x: 1 } })],
  findOneAndDelete: [f => orders.findOneAndDelete(f)],
  bulkWrite: [f => orders.bulkWrite([{ deleteOne: { filter: f } }, { updateOne: { filter: f, update: { $set: { x: 1 } } } }])],
}
async function main() {
  await orders.insertMany(Array.from({ length: 30 }, (_, i) => ({ n: i % 5 })))
  const calls = Object.entries(CALLS).flatMap(([name, all]) => all.map(call => [name, call]))
  for (let round = 0; round < ${ROUNDS}; round++) {
    await Promise.all(calls.map(([name, call], i) => {
      const tag = 'tag-' + round + '-' + i
      console.log(name, tag)
      return call({ tag })
    }))
  }
  await client.close()
}
main()
`

t.setTimeout(300_000)

t.test('twenty calls at once never lose or double a record', async t => {
  const server = await useServer(t)
  for (const version of DRIVERS) {
    const { code, stdout, stderr, records } = await run(t, {
      code: APPLICATION,
      packages: [await driverPath(version)],
      env: { URI: server.uri, DB: `${server.dbName}_${version[0]}` },
      timeoutMs: 120_000,
    })
    t.same({ code, stderr }, { code: 0, stderr: '' }, version)
    const called = stdout.trim().split('\n').sort()
    t.equal(called.length, 20 * ROUNDS)
    const recorded = operations(records)
      .map(({ Operation, Filter }) => `${Operation} ${tagsOf(Filter)}`)
      .filter(text => text.includes('tag-'))
    t.strictSame(recorded.sort(), called, 'each call has its one record')
    t.equal(operations(records).length, 20 * ROUNDS + 2, 'insertMany and close')
    const stop = records.at(-1)?.Options as Counts | undefined
    t.ok(Number(stop?.seen) > 20 * ROUNDS)
    t.equal(stop?.recorded, stop?.seen, '$stop knows of none that escaped')
  }
})

interface Counts {
  seen: number
  recorded: number
}

/** The tags in a filter; more than one would be somebody else's. */
function tagsOf(filter: unknown): string {
  const tags = JSON.stringify(filter)?.match(/tag-\d+-\d+/g)
  return [...new Set(tags)].join(' ')
}
