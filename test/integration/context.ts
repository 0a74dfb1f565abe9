import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate as turn } from 'node:timers/promises'
import t from 'tap'
import { onEachDriver } from '../fixtures/drivers.ts'

/**
 * Bare as well, 4.0 calls back in the context of whoever used the connection:
 * the programs of transparency.ts compare it.
 */
const isLost = (version: string, place: string) =>
  version === '4.0.0' && /^(?:map|forEach|callback)$/.test(place)

const storage = new AsyncLocalStorage<string>()

t.test('the application’s context is its own everywhere', async t => {
  await onEachDriver(t, async (t, { version, db, major, watched }) => {
    const things = db.collection('things')
    await things.insertMany(Array.from({ length: 30 }, (_, i) => ({ _id: i })))
    const seen: Record<string, string | undefined> = {}
    const look = (place: string) => {
      seen[place] = storage.getStore()
    }

    await storage.run('mine', async () => {
      await things.findOne({ _id: 1 })
      look('after findOne')
      await things.insertOne({ _id: 1 }).catch(() => look('in catch'))
      for await (const _ of things.find({}, { batchSize: 7 })) look('for await')
      await things.find({}, { batchSize: 7 }).toArray()
      look('after toArray')
      await things
        .find()
        .map(() => look('map') ?? 1)
        .toArray()
      await things.find().forEach(() => {
        look('forEach')
      })
      await things.bulkWrite([{ deleteOne: { filter: { _id: 99 } } }])
      look('after bulkWrite')
      if (major < 5) {
        await new Promise(resolve => {
          things.findOne({ _id: 2 }, (_error: unknown, document: unknown) => {
            look('callback')
            resolve(document)
          })
        })
      }
    })
    for (const [place, store] of Object.entries(seen)) {
      if (isLost(version, place)) continue
      t.equal(store, 'mine', place)
    }
    t.equal(storage.getStore(), undefined, 'and none outside')
    t.ok(watched.finals().length > 7)
  })
})

t.test('a record is handed over in the context of its call', async t => {
  await onEachDriver(t, async (t, { version, db, watched }) => {
    const things = db.collection('things')
    const stores = new Map<string, Set<string | undefined>>()
    const { emit } = watched.context
    t.teardown(() => {
      watched.context.emit = emit
    })
    watched.context.emit = (record, phase) => {
      const own = JSON.stringify(record.Filter)
      const known = stores.get(own) ?? new Set()
      stores.set(own, known.add(storage.getStore()))
      return emit(record, phase)
    }
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        storage.run(`call ${i}`, async () => {
          await turn()
          // 4.0 loses it between the batches of a cursor
          await (i % 2 === 0 || version === '4.0.0'
            ? things.findOne({ i })
            : things.find({ i }).toArray())
        }),
      ),
    )
    for (let i = 0; i < 20; i++) {
      t.same([...(stores.get(JSON.stringify({ i })) ?? [])], [`call ${i}`])
    }
  })
})
