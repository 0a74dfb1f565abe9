import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import {
  closedEarly,
  hasMissedNothing,
  type OnDriver,
  onEachDriver,
} from '../fixtures/drivers.ts'

// biome-ignore lint/suspicious/noExplicitAny: the driver, whatever its version
type Any = any

const ignore = () => undefined
const stop = () => false

/** What is done with a cursor over 25 documents in batches of 10. */
interface Way {
  read: (cursor: Any) => Promise<unknown>
  expected: object
}

const ALL = {
  EndReason: 'exhausted',
  MatchedCount: 25,
  ReturnedCount: 25,
  Batches: 3,
}
const FIRST_BATCH = { EndReason: 'closed', MatchedCount: 10, Batches: 1 }

const WAYS: Readonly<Record<string, Way>> = {
  'next to the end': {
    read: async cursor => {
      while ((await cursor.next()) !== null) {}
    },
    expected: ALL,
  },
  'hasNext and next': {
    read: async cursor => {
      while (await cursor.hasNext()) await cursor.next()
    },
    expected: ALL,
  },
  tryNext: {
    read: async cursor => {
      while ((await cursor.tryNext()) !== null) {}
    },
    expected: ALL,
  },
  toArray: { read: cursor => cursor.toArray(), expected: ALL },
  'map and toArray': {
    read: cursor => cursor.map((thing: Any) => thing.n).toArray(),
    expected: ALL,
  },
  forEach: { read: cursor => cursor.forEach(ignore), expected: ALL },
  'for await': {
    read: async cursor => {
      for await (const _ of cursor);
    },
    expected: ALL,
  },
  stream: {
    read: async cursor => {
      for await (const _ of cursor.stream());
    },
    expected: ALL,
  },
  'next and close': {
    read: async cursor => {
      for (let n = 0; n < 3; n++) await cursor.next()
      await cursor.close()
    },
    expected: { ...FIRST_BATCH, ReturnedCount: 3 },
  },
  'close in the second batch': {
    read: async cursor => {
      for (let n = 0; n < 15; n++) await cursor.next()
      await cursor.close()
    },
    expected: {
      EndReason: 'closed',
      MatchedCount: 20,
      ReturnedCount: 15,
      Batches: 2,
    },
  },
  'a stream that is destroyed': {
    read: async cursor => {
      const stream = cursor.stream()
      for await (const _ of stream) break
    },
    expected: FIRST_BATCH,
  },
  'the documents of the buffer': {
    read: async cursor => {
      await cursor.next()
      cursor.readBufferedDocuments()
      await cursor.close()
    },
    expected: { ...FIRST_BATCH, ReturnedCount: 10 },
  },
  rewind: {
    read: async cursor => {
      await cursor.next()
      await cursor.rewind()
    },
    expected: { EndReason: 'rewound', ReturnedCount: 1, Batches: 1 },
  },
}

/** Ways out of a loop: old drivers leave the cursor open then. */
const BREAKS: Readonly<Record<string, (cursor: Any) => Promise<unknown>>> = {
  'for await with break': async cursor => {
    for await (const _ of cursor) break
  },
  'for await with throw': async cursor => {
    for await (const _ of cursor) throw new Error('enough')
  },
  'forEach that returns false': cursor => cursor.forEach(stop),
}

async function fill({ db, watched }: OnDriver): Promise<Any> {
  const things = db.collection('things')
  await things.deleteMany({})
  await things.insertMany(Array.from({ length: 25 }, (_, n) => ({ n })))
  watched.clear()
  return things
}

/** What is handed over after this turn is there. */
const turn = () => sleep(10)

t.test('a cursor is one record, however it is read', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { watched } = driver
    const things = await fill(driver)
    const own = closedEarly(driver)
    for (const [name, { read, expected }] of Object.entries(WAYS)) {
      watched.clear()
      await read(things.find({}, { batchSize: 10, ...own }))
      await turn()
      t.equal(watched.finals().length, 1, name)
      t.match(
        watched.finals()[0],
        { Operation: 'find', Outcome: 'success', ...expected },
        name,
      )
    }
    hasMissedNothing(t, driver)
  })
})

t.test('a loop that is left closes the cursor, or leaves it open', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { watched } = driver
    const things = await fill(driver)
    const own = closedEarly(driver)
    for (const [name, read] of Object.entries(BREAKS)) {
      watched.clear()
      const cursor = things.find({}, { batchSize: 10, ...own })
      await read(cursor).catch(() => undefined)
      await turn()
      if (!cursor.killed) {
        t.equal(watched.finals().length, 0, `${name}: open`)
        await cursor.close()
      }
      t.match(
        watched.finals(),
        [{ Outcome: 'success', EndReason: 'closed', Batches: 1 }],
        name,
      )
    }
    hasMissedNothing(t, driver)
  })
})

t.test('an error of the application is not one of the cursor', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { watched } = driver
    const things = await fill(driver)
    const own = closedEarly(driver)
    const cursor = things.find({}, { batchSize: 10, ...own })
    const mine = () => {
      throw new Error('mine')
    }
    await t.rejects(cursor.forEach(mine), { message: 'mine' })
    await cursor.close()
    t.match(watched.finals(), [{ Outcome: 'success', EndReason: 'closed' }])
    t.equal(watched.finals().length, 1)
  })
})

t.test('a limit that is reached needs no more command', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { watched } = driver
    const things = await fill(driver)
    await things.find({}).batchSize(5).limit(10).toArray()
    await turn()
    t.match(watched.finals(), [
      {
        Options: { limit: 10, batchSize: 5 },
        EndReason: 'exhausted',
        ReturnedCount: 10,
        Batches: 2,
      },
    ])
    hasMissedNothing(t, driver)
  })
})

t.test('rewind and clone begin another record', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { watched } = driver
    const things = await fill(driver)
    const own = closedEarly(driver)
    const cursor = things.find({}, { batchSize: 10, ...own })
    await cursor.next()
    cursor.rewind()
    await cursor.toArray()
    await cursor.clone().toArray()
    await turn()
    t.match(watched.finals(), [
      { EndReason: 'rewound', ReturnedCount: 1 },
      { EndReason: 'exhausted', ReturnedCount: 25 },
      { EndReason: 'exhausted', ReturnedCount: 25 },
    ])
    const ids = new Set(watched.finals().map(record => record.WatchID))
    t.equal(ids.size, 3)
    hasMissedNothing(t, driver)
  })
})

t.test('a cursor that is disposed of is closed', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { watched } = driver
    const things = await fill(driver)
    const own = closedEarly(driver)
    const cursor = things.find({}, { batchSize: 10, ...own })
    const [major = 0, minor = 0] = driver.version.split('.').map(Number)
    const dispose = cursor[Symbol.asyncDispose ?? 'none']
    t.equal(typeof dispose === 'function', major + minor / 100 > 6.08, 'has it')
    if (dispose === undefined) return
    await cursor.next()
    await dispose.call(cursor)
    t.match(watched.finals(), [{ EndReason: 'closed', ReturnedCount: 1 }])
  })
})

t.test('a tailable cursor waits without an end', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { db, watched } = driver
    const log = await db.createCollection('log', { capped: true, size: 9999 })
    await log.insertMany([{ n: 1 }, { n: 2 }])
    watched.clear()
    const cursor = log.find(
      {},
      { tailable: true, awaitData: true, maxAwaitTimeMS: 20 },
    )
    await cursor.next()
    await cursor.next()
    t.equal(await cursor.tryNext(), null)
    t.equal(watched.finals().length, 0, 'still open')
    const updates = watched.iterations.filter(i => i.phase === 'update')
    t.equal(updates.length, 0, 'an empty batch is no news')
    await log.insertOne({ n: 3 })
    t.match(await cursor.next(), { n: 3 })
    await cursor.close()
    const [record] = watched.finals().filter(r => r.Operation === 'find')
    t.match(record, {
      Options: { tailable: true, awaitData: true },
      EndReason: 'closed',
      MatchedCount: 3,
      ReturnedCount: 3,
    })
    t.ok((record?.Batches ?? 0) >= 3)
    hasMissedNothing(t, driver)
  })
})

t.test('a cursor whose client is closed', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { db, server, watched } = driver
    await fill(driver)
    const other = new watched.mongodb.MongoClient(server.uri)
    await other.connect()
    watched.clear()
    const open = other.db(db.databaseName).collection('things').find()
    await open.batchSize(10).next()
    await other.close()
    const finals = watched.finals().filter(r => r.Operation === 'find')
    t.match(finals, [{ EndReason: 'closed', ReturnedCount: 1 }])
    t.equal(finals.length, 1)
    hasMissedNothing(t, driver)
  })
})

t.test('a cursor whose session has ended', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { client, version, watched } = driver
    if (version === '5.0.0') {
      t.comment('5.0.0, bare as well, leaves a rejection unhandled here')
      return
    }
    const things = await fill(driver)
    const session = client.startSession()
    const cursor = things.find({}, { session, batchSize: 10 })
    await cursor.next()
    await session.endSession()
    await t.rejects(cursor.toArray())
    t.match(watched.finals(), [
      {
        Outcome: 'failure',
        EndReason: 'error',
        ErrorMessage: /session/,
        Session: /^[0-9a-f]{32}$/,
      },
    ])
    hasMissedNothing(t, driver)
  })
})

t.test('twenty cursors at once have a record each', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { watched } = driver
    const things = await fill(driver)
    const own = closedEarly(driver)
    const ways = Object.values(WAYS)
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        ways[i % ways.length]?.read(
          things.find(
            { n: { $gte: 0 }, i: { $ne: i } },
            { batchSize: 10, ...own },
          ),
        ),
      ),
    )
    await turn()
    t.equal(watched.finals().length, 20)
    const seen = watched.finals().map(record => JSON.stringify(record.Filter))
    t.equal(new Set(seen).size, 20)
    for (const record of watched.finals()) {
      const { i } = Object(record.Filter)
      t.match(record, ways[i.$ne % ways.length]?.expected ?? {})
    }
    hasMissedNothing(t, driver)
  })
})
