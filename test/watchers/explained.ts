import t from 'tap'
import { hasMissedNothing, onEachDriver } from '../fixtures/drivers.ts'

// biome-ignore lint/suspicious/noExplicitAny: the driver, whatever its version
type Any = any

const explain = 'queryPlanner'
const set = { $set: { n: 9 } }

/** Calls that would find or change something. */
const CALLS: Readonly<Record<string, (things: Any) => Promise<unknown>>> = {
  findOne: things => things.findOne({}, { explain }),
  countDocuments: things => things.countDocuments({}, { explain }),
  distinct: things => things.distinct('n', {}, { explain }),
  updateOne: things => things.updateOne({}, set, { explain }),
  deleteMany: things => things.deleteMany({}, { explain }),
  findOneAndUpdate: things => things.findOneAndUpdate({}, set, { explain }),
  findOneAndDelete: things => things.findOneAndDelete({}, { explain }),
}

t.test('what was only explained was not counted', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { db, watched } = driver
    const things = db.collection('things')
    await things.insertMany([{ n: 1 }, { n: 2 }])
    for (const [name, call] of Object.entries(CALLS)) {
      watched.clear()
      await call(things).catch(() => {}) // not every server can
      const [record, ...more] = watched.finals()
      t.strictSame(more, [], name)
      t.match(
        { ...record },
        {
          Operation: name,
          Options: { explain },
          MatchedCount: undefined,
          ModifiedCount: undefined,
          DeletedCount: undefined,
        },
        name,
      )
    }
    hasMissedNothing(t, driver)
  })
})
