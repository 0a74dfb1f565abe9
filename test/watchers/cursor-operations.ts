import t from 'tap'
import { hasMissedNothing, onEachDriver } from '../fixtures/drivers.ts'

t.test("a cursor's own commands are records of their own", async t => {
  await onEachDriver(t, async (t, driver) => {
    const { db, watched } = driver
    const things = db.collection('things')
    await things.insertMany([{ n: 1 }, { n: 2 }, { n: 3 }])
    watched.clear()

    const cursor = things.find({ n: { $gt: 1 } }).sort({ n: 1 })
    t.equal(await cursor.count(), 2)
    t.match(watched.finals(), [
      {
        _logger: 'mongowatch.cursor',
        DB: db.databaseName,
        Collection: 'things',
        Operation: 'count',
        Filter: { n: { $gt: 1 } },
        Options: { sort: { n: 1 } },
        MatchedCount: 2,
        Outcome: 'success',
      },
    ])

    watched.clear()
    await cursor.explain('queryPlanner')
    t.match(watched.finals(), [
      {
        Operation: 'explain',
        Collection: 'things',
        Filter: { n: { $gt: 1 } },
        Options: { sort: { n: 1 }, verbosity: 'queryPlanner' },
      },
    ])

    watched.clear()
    await things.aggregate([{ $match: { n: 1 } }]).explain()
    t.match(watched.finals(), [
      { Operation: 'explain', Filter: [{ $match: { n: 1 } }] },
    ])

    watched.clear()
    t.equal((await cursor.toArray()).length, 2)
    t.match(watched.finals(), [{ Operation: 'find', MatchedCount: 2 }])
    t.equal(watched.finals().length, 1, 'reading it is one record more')
    hasMissedNothing(t, driver)
  })
})

t.test('a cursor made to explain is one document', async t => {
  await onEachDriver(t, async (t, { db, watched }) => {
    await db.collection('things').insertMany([{ n: 1 }, { n: 2 }])
    watched.clear()
    const plan = db.collection('things').find({ n: 1 }, { explain: true })
    t.equal((await plan.toArray()).length, 1)
    t.match(watched.finals(), [
      {
        Operation: 'find',
        Filter: { n: 1 },
        Options: { explain: true },
        MatchedCount: 1,
        ReturnedCount: 1,
        Batches: 1,
      },
    ])
  })
})
