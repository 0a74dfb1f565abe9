import t, { type Test } from 'tap'
import { VERSIONS } from '../fixtures/drivers.ts'
import { driverPath } from '../fixtures/packages.ts'
import { createRandom } from '../fixtures/random.ts'
import { useServer } from '../fixtures/server.ts'
import { type Watched, watchDriver } from '../fixtures/watch.ts'

type Call = (
  // biome-ignore lint/suspicious/noExplicitAny: the driver, whatever its version
  things: any,
  comment: string,
  random: (below: number) => number,
) => Promise<unknown>

/** Calls of the application; each sends its comment with its commands. */
const CALLS: Record<string, Call> = {
  findOne: (things, comment, random) =>
    things.findOne({ _id: random(60) }, { comment }),
  find: (things, comment, random) =>
    things
      .find({ n: { $gt: random(5) } }, { comment, batchSize: 2 + random(9) })
      .toArray(),
  aggregate: (things, comment) =>
    things
      .aggregate([{ $match: { n: { $lt: 4 } } }, { $sort: { _id: 1 } }], {
        comment,
        batchSize: 5,
      })
      .toArray(),
  closedEarly: async (things, comment) => {
    const cursor = things.find({}, { comment, batchSize: 3 })
    await cursor.next()
    await cursor.close()
  },
  updateMany: (things, comment, random) =>
    things.updateMany({ n: random(5) }, { $inc: { x: 1 } }, { comment }),
  deleteOne: (things, comment) =>
    things.deleteOne({ _id: 'nobody' }, { comment }),
  bulkWrite: (things, comment, random) =>
    things.bulkWrite(
      [
        {
          updateOne: {
            filter: { _id: random(60) },
            update: { $inc: { y: 1 } },
          },
        },
        { deleteOne: { filter: { _id: 'nobody' } } },
        { insertOne: { document: { n: 9 } } },
      ],
      { comment },
    ),
  insertMany: (things, comment) =>
    things.insertMany([{ n: 7 }, { n: 8 }], { comment }),
  distinct: (things, comment) => things.distinct('n', {}, { comment }),
  countDocuments: (things, comment) => things.countDocuments({}, { comment }),
  findOneAndUpdate: (things, comment, random) =>
    things.findOneAndUpdate(
      { _id: random(60) },
      { $inc: { z: 1 } },
      { comment },
    ),
  duplicate: (things, comment) =>
    things.insertOne({ _id: 1 }, { comment }).catch(() => {}),
}

/** Commands that no call of the application asked for. */
const HOUSEKEEPING = new Set(['killCursors', 'endSessions', 'ping', 'hello'])

interface Workload {
  /** Comments of the commands that the driver sent, one per command. */
  readonly commands: string[]
  readonly uncommented: string[]
  readonly calls: Map<string, string>
}

async function work(watched: Watched, uri: string, db: string, seed: number) {
  const random = createRandom(seed)
  const client = new watched.mongodb.MongoClient(uri, { monitorCommands: true })
  await client.connect()
  const things = client.db(db).collection('things')
  await things.deleteMany({})
  await things.insertMany(
    Array.from({ length: 60 }, (_, i) => ({ _id: i, n: i % 5 })),
  )
  watched.clear()
  const done: Workload = { commands: [], uncommented: [], calls: new Map() }
  client.on(
    'commandStarted',
    ({
      command,
      commandName,
    }: {
      command: { comment?: string }
      commandName: string
    }) => {
      if (command.comment) done.commands.push(command.comment)
      else if (!HOUSEKEEPING.has(commandName))
        done.uncommented.push(commandName)
    },
  )
  const names = Object.keys(CALLS)
  for (let round = 0; round < 12; round++) {
    const calls = Array.from({ length: 10 }, (_, i) => {
      const name = names[random(names.length)] ?? 'findOne'
      const comment = `${round}-${i}`
      done.calls.set(comment, name)
      return CALLS[name]?.(things, comment, random)
    })
    await Promise.all(calls)
  }
  await new Promise(resolve => setImmediate(resolve))
  await client.close()
  return done
}

function check(t: Test, watched: Watched, done: Workload): void {
  const records = new Map<string, number>()
  for (const record of watched.finals()) {
    const options = record.Options as { comment?: string } | undefined
    const comment = options?.comment
    if (comment !== undefined) {
      records.set(comment, (records.get(comment) ?? 0) + 1)
      continue
    }
    t.equal(record.Operation, 'close', 'a record without a call')
  }
  const unrecorded = done.commands.filter(comment => !records.has(comment))
  t.same(unrecorded, [], 'every command belongs to a record')
  const doubled = [...records].filter(([, count]) => count !== 1)
  t.same(doubled, [], 'a call is one record')
  const silent = [...done.calls.keys()].filter(comment => !records.has(comment))
  t.same(silent, [], 'every call is recorded')
  const groundless = [...records.keys()].filter(
    comment => !done.commands.includes(comment),
  )
  t.same(groundless, [], 'every record has its commands')
}

t.test('every command belongs to exactly one record', async t => {
  const server = await useServer(t)
  for (const version of VERSIONS) {
    // what tells the commands apart
    const skip = version === '4.0.0' && 'it sends a comment only with reads'
    await t.test(`driver ${version}`, { skip }, async t => {
      const watched = watchDriver(t, await driverPath(version))
      const db = `${server.dbName}_${version.replaceAll('.', '_')}`
      for (const seed of [1, 2, 3]) {
        const done = await work(watched, server.uri, db, seed)
        t.same(done.uncommented, [], `seed ${seed}: no command without a call`)
        check(t, watched, done)
      }
      t.same(watched.context.coverage.facts().missed, undefined)
      t.equal(watched.context.open.size, 0)
    })
  }
})
