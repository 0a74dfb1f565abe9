import { AsyncLocalStorage } from 'node:async_hooks'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import {
  closedEarly,
  type OnDriver,
  onEachDriver,
} from '../fixtures/drivers.ts'

// biome-ignore lint/suspicious/noExplicitAny: the driver, whatever its version
type Any = any
type Look = (place: string) => void

const storage = new AsyncLocalStorage<string>()

/** Programs in which the driver calls the application back. */
const PROGRAMS: Readonly<
  Record<string, (driver: OnDriver, things: Any, look: Look) => Promise<void>>
> = {
  'events of a stream': async (_driver, things, look) => {
    const stream = things.find({}, { batchSize: 7 }).stream()
    stream.on('data', () => look('data'))
    stream.on('end', () => look('end'))
    await once(stream, 'end')
  },
  'map and filter while iterating': async (_driver, things, look) => {
    const cursor = things.find({}, { batchSize: 7 }).map((thing: Any) => {
      look('map')
      return thing
    })
    for await (const _ of cursor) look('body')
    look('after')
  },
  withTransaction: async ({ client }, things, look) => {
    const session = client.startSession()
    await session.withTransaction(async () => {
      look('begin')
      await things.updateOne({ _id: 1 }, { $inc: { a: 1 } }, { session })
      look('after updateOne')
    })
    look('after')
    await session.endSession()
  },
  files: async ({ watched, db }, _things, look) => {
    const bucket = new watched.mongodb.GridFSBucket(db)
    const upload = bucket.openUploadStream('file')
    upload.on('finish', () => look('finish'))
    upload.write(Buffer.alloc(10), () => look('written'))
    upload.end()
    await once(upload, 'finish')
    const download = bucket.openDownloadStream(upload.id)
    download.on('data', () => look('data'))
    download.on('end', () => look('end'))
    await once(download, 'end')
    await bucket.delete(upload.id)
    look('after delete')
  },
  'a change stream': async (driver, things, look) => {
    // 4.x calls back in the context of whatever the connection did last
    if (driver.major < 5) return
    const stream = things.watch([], closedEarly(driver))
    const changed = once(stream, 'change')
    stream.on('change', () => look('change'))
    let isOver = false
    changed.then(() => {
      isOver = true
    })
    while (!isOver) {
      await things.updateOne({ _id: 1 }, { $inc: { a: 1 } })
      await sleep(50)
    }
    await stream.close()
    look('after close')
  },
  failures: async (_driver, things, look) => {
    await things.updateOne({}, { $bad: 1 }).catch(() => look('update'))
    await things
      .bulkWrite([{ insertOne: { document: { _id: 1 } } }])
      .catch(() => look('bulkWrite'))
    try {
      for await (const _ of things.find({ $bad: 1 }));
    } catch {
      look('find')
    }
  },
  'callbacks of 4.x': async ({ major, db }, things, look) => {
    if (major > 4) return
    const by = (place: string, call: (done: () => void) => unknown) =>
      new Promise<void>(resolve => {
        call(() => {
          look(place)
          resolve()
        })
      })
    await by('find', done => things.find({}).toArray(done))
    await by('next', done => things.find({}).next(done))
    await by('insert', done => things.insertOne({ _id: 1 }, done))
    await by('bulk', done => things.insertMany([{ a: 1 }], done))
    await by('command', done => db.command({ ping: 1 }, done))
    await by('count', done => things.countDocuments({}, done))
    await by('close', done => things.find({}).close(done))
  },
}

/** The application's context in each of its callbacks. */
async function contexts(
  driver: OnDriver,
  name: string,
  isMasked: boolean,
): Promise<Record<string, string[]>> {
  const things = driver.db.collection('things')
  const seen: Record<string, Set<string>> = {}
  driver.watched.context.enabled = isMasked
  await storage.run('mine', async () => {
    await PROGRAMS[name]?.(driver, things, place => {
      seen[place] ??= new Set()
      seen[place]?.add(storage.getStore() ?? 'none')
    })
  })
  driver.watched.context.enabled = true
  return Object.fromEntries(
    Object.entries(seen).map(([place, stores]) => [place, [...stores].sort()]),
  )
}

t.setTimeout(120_000)

t.test('callbacks have the context that they have without us', async t => {
  await onEachDriver(t, async (t, driver) => {
    const things = driver.db.collection('things')
    await things.insertMany(Array.from({ length: 30 }, (_, i) => ({ _id: i })))
    for (const name of Object.keys(PROGRAMS)) {
      const bare = await contexts(driver, name, false)
      const masked = await contexts(driver, name, true)
      t.strictSame(masked, bare, name)
      if (driver.major > 4) {
        const stores = new Set(Object.values(masked).flat())
        t.notOk(stores.size > 1 && !stores.has('mine'), `${name}: its own`)
      }
    }
    t.equal(storage.getStore(), undefined)
  })
})
