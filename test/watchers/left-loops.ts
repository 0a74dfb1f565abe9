import t, { type Test } from 'tap'
import { onEachDriver } from '../fixtures/drivers.ts'
import type { Watched } from '../fixtures/watch.ts'

t.test('a loop that is left ends the cursor’s record', async t => {
  await onEachDriver(t, async (t, { db, version, watched, server }) => {
    const things = db.collection('things')
    await things.insertMany(Array.from({ length: 9 }, (_, i) => ({ _id: i })))

    const probe = things.find({})[Symbol.asyncIterator]()
    if (typeof probe.return !== 'function') {
      t.equal(version, '4.0.0', 'its iterator has no end that could be told')
      await leftUntold(t, watched, server.uri, db.databaseName)
      return
    }

    watched.clear()
    for await (const _ of things.find({})) break
    t.match(watched.finals(), [
      {
        Operation: 'find',
        Outcome: 'success',
        EndReason: 'closed',
        MatchedCount: 9,
        ReturnedCount: 1,
      },
    ])

    watched.clear()
    const left = async () => {
      for await (const _ of things.find({})) throw new Error('mine')
    }
    await t.rejects(left(), { message: 'mine' })
    t.match(watched.finals(), [{ EndReason: 'closed', ReturnedCount: 1 }])

    watched.clear()
    for await (const _ of things.find({}));
    await new Promise(resolve => setImmediate(resolve))
    t.match(watched.finals(), [{ EndReason: 'exhausted', ReturnedCount: 9 }])
  })
})

/** What nobody tells ends with the client; or when it is collected. */
async function leftUntold(
  t: Test,
  { mongodb, finals, clear }: Watched,
  uri: string,
  name: string,
): Promise<void> {
  const client = new mongodb.MongoClient(uri)
  await client.connect()
  const cursor = client.db(name).collection('things').find({})
  for await (const _ of cursor) break
  await new Promise(resolve => setImmediate(resolve))
  clear()
  await client.close()
  const find = finals().filter(({ Operation }) => Operation === 'find')
  t.match(find, [{ Outcome: 'success', EndReason: 'closed', ReturnedCount: 1 }])
}

t.test('an iterator looks as it did', async t => {
  await onEachDriver(t, async (t, { db, version }) => {
    const iterator = db.collection('things').find({})[Symbol.asyncIterator]()
    if (version === '4.0.0') {
      t.same(Reflect.ownKeys(iterator), ['next'])
      return
    }
    t.same(Reflect.ownKeys(iterator), [])
    t.equal(Object.prototype.toString.call(iterator), '[object AsyncGenerator]')
    t.same(await iterator.return(5), { value: 5, done: true })
  })
})
