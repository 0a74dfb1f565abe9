import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { AuditRecord } from '../../src/record/record.ts'
import {
  closedEarly,
  hasMissedNothing,
  type OnDriver,
  onEachDriver,
} from '../fixtures/drivers.ts'
import { useServer } from '../fixtures/server.ts'

// biome-ignore lint/suspicious/noExplicitAny: the driver, whatever its version
type Any = any

/** The only record of a call, which may fail, and the error. */
async function of(
  { watched }: OnDriver,
  call: () => unknown,
): Promise<{ record: AuditRecord | undefined; error: Any }> {
  watched.clear()
  let error: Any
  try {
    await call()
  } catch (thrown) {
    error = thrown
  }
  await sleep(5)
  const finals = watched.finals()
  return { record: finals.length === 1 ? finals[0] : undefined, error }
}

const has = (object: Any, name: string) => typeof object[name] === 'function'

t.test('the partial result of a bulk write is counted', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { client, db } = driver
    const things = db.collection('things')
    await things.insertOne({ _id: 1 })
    const documents = [{ _id: 2 }, { _id: 1 }, { _id: 3 }]

    const failed = { Outcome: 'failure', ErrorCode: 11000 }
    const type = /^Mongo(Client)?Bulk(Write)?Error$/
    const ordered = await of(driver, () => things.insertMany(documents))
    t.match(ordered.record, {
      ...failed,
      ErrorType: type,
      InsertedCount: 1,
      ErrorMessage: /duplicate/,
    })
    await things.deleteMany({ _id: { $gt: 1 } })
    const unordered = await of(driver, () =>
      things.insertMany(documents, { ordered: false }),
    )
    t.match(unordered.record, {
      ...failed,
      Operation: 'insertMany',
      Options: { ordered: false },
      InsertedCount: 2,
    })

    const operations = [
      { updateOne: { filter: { _id: 1 }, update: { $set: { a: 1 } } } },
      { insertOne: { document: { _id: 1 } } },
      { deleteMany: { filter: { _id: { $gt: 1 } } } },
    ]
    const partly = await of(driver, () => things.bulkWrite(operations))
    t.match(partly.record, {
      ...failed,
      OperationCount: 3,
      MatchedCount: 1,
      ModifiedCount: 1,
      DeletedCount: 0,
    })
    const mostly = await of(driver, () =>
      things.bulkWrite(operations, { ordered: false }),
    )
    t.match(mostly.record, { ...failed, InsertedCount: 0, DeletedCount: 2 })

    const builder = things.initializeUnorderedBulkOp()
    builder.insert({ _id: 1 })
    builder.insert({ _id: 9 })
    const built = await of(driver, () => builder.execute())
    t.match(built.record, {
      ...failed,
      _logger: 'mongowatch.bulk',
      Operation: 'execute',
      Collection: 'things',
      OperationCount: 2,
      InsertedCount: 1,
    })

    if (has(client, 'bulkWrite')) {
      const namespace = `${db.databaseName}.things`
      const models = [20, 1, 21].map(_id => ({
        name: 'insertOne',
        namespace,
        document: { _id },
      }))
      const all = await of(driver, () => client.bulkWrite(models))
      t.match(all.record, {
        _logger: 'mongowatch.client',
        Operation: 'bulkWrite',
        Outcome: 'failure',
        ErrorType: type,
        OperationCount: 3,
        InsertedCount: 1,
      })
    }
    hasMissedNothing(t, driver)
  })
})

t.test('an error is a failure, wherever it comes from', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { db } = driver
    const things = db.collection('things')
    await things.insertOne({ _id: 1 })

    const calls: Record<string, () => unknown> = {
      'a duplicate key': () => things.insertOne({ _id: 1 }),
      'an unknown operator': () => things.find({ $bad: 1 }).toArray(),
      'of a findOne': () => things.findOne({ $bad: 1 }),
      'no update operators': () => things.updateOne({ _id: 1 }, { a: 1 }),
      'no documents': () => things.insertMany({ _id: 1 }),
      'no operations': () => things.bulkWrite({}),
      'no pipeline': () => things.aggregate('x').toArray(),
      'no function': () => things.find().forEach('x'),
      'an unknown command': () => db.command({ nothing: 1 }),
      'an unknown index': () => things.dropIndex('nothing'),
      'no collection': () => db.collection('none').rename('other'),
    }
    for (const [name, call] of Object.entries(calls)) {
      const { record, error } = await of(driver, call)
      t.ok(error instanceof Error, `${name}: fails`)
      t.match(
        record,
        {
          Iteration: 'final',
          Outcome: 'failure',
          ErrorType: error?.constructor.name,
          ErrorCode: error?.code,
          ErrorMessage: String,
        },
        name,
      )
    }
    hasMissedNothing(t, driver)
  })
})

t.test('what was not acknowledged was not counted', async t => {
  await onEachDriver(t, async (t, driver) => {
    const things = driver.db.collection('things')
    const writeConcern = { w: 0 }
    const counts = {
      Outcome: 'success',
      Options: { writeConcern },
      InsertedCount: undefined,
      MatchedCount: undefined,
      ModifiedCount: undefined,
      DeletedCount: undefined,
    }
    for (const call of [
      () => things.insertOne({}, { writeConcern }),
      () => things.insertMany([{}, {}], { writeConcern }),
      () => things.updateMany({}, { $set: { a: 1 } }, { writeConcern }),
      () => things.deleteMany({}, { writeConcern }),
    ]) {
      const { record } = await of(driver, call)
      t.match(record, counts)
    }
  })
})

t.test('no server, no client', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { MongoClient } = driver.watched.mongodb
    const nobody = new MongoClient('mongodb://127.0.0.1:1', {
      serverSelectionTimeoutMS: 100,
    })
    const connecting = await of(driver, () => nobody.connect())
    t.match(connecting.record, {
      Operation: 'connect',
      Outcome: 'failure',
      ErrorType: 'MongoServerSelectionError',
      Server: '127.0.0.1:1',
    })
    await nobody.close()

    const closed = new MongoClient(driver.server.uri)
    await closed.connect()
    const things = closed.db('closed').collection('things')
    await closed.close()
    for (const [name, call] of Object.entries({
      insertOne: () => things.insertOne({}),
      find: () => things.find().toArray(),
      aggregate: () => things.aggregate([]).next(),
      insertMany: () => things.insertMany([{}]),
    })) {
      const { record, error } = await of(driver, call)
      t.ok(error instanceof Error, `${name}: fails`)
      t.match(record, {
        Operation: name,
        Outcome: 'failure',
        ErrorType: error.constructor.name,
      })
    }
    t.equal(driver.watched.context.open.size, 0)
  })
})

const ABORTED = {
  Operation: 'find',
  Outcome: 'failure',
  EndReason: 'error',
  ErrorType: 'DOMException',
  ErrorMessage: /abort/,
}

t.test('an AbortSignal makes a failure, also between two batches', async t => {
  await onEachDriver(t, async (t, driver) => {
    const things = driver.db.collection('things')
    await things.insertMany(Array.from({ length: 25 }, (_, n) => ({ n })))
    const open = () => {
      const controller = new AbortController()
      const { signal } = controller
      const cursor = things.find({}, { signal, batchSize: 10 })
      return { controller, cursor, isKnown: cursor.signal === signal }
    }
    const [major = 0, minor = 0] = driver.version.split('.').map(Number)
    t.equal(open().isKnown, major + minor / 100 > 6.12, 'knows signals')
    if (!open().isKnown) return

    const between = open()
    const read = await of(driver, async () => {
      for await (const _ of between.cursor) between.controller.abort()
    })
    t.equal(read.error.name, 'AbortError')
    t.match(read.record, { ...ABORTED, MatchedCount: 10, ReturnedCount: 1 })

    const early = open()
    early.controller.abort()
    const unread = await of(driver, () => early.cursor.toArray())
    t.equal(unread.error.name, 'AbortError')
    t.match(unread.record, { ...ABORTED, MatchedCount: 0, Batches: 0 })

    hasMissedNothing(t, driver)
  })
})

t.test('failures on the way', async t => {
  const server = await useServer(t, { testCommands: true, own: true })
  await onEachDriver(
    t,
    async (t, driver) => {
      const { client, db } = driver
      const things = db.collection('things')
      await things.insertMany(Array.from({ length: 25 }, (_, n) => ({ n })))
      const fails = (command: string, data: object): Promise<unknown> =>
        client.db('admin').command({
          configureFailPoint: 'failCommand',
          mode: { times: 1 },
          data: { failCommands: [command], ...data },
        })

      await t.test('the network is cut in mid-cursor', async t => {
        const own = closedEarly(driver)
        const cursor = things.find({}, { batchSize: 10, ...own })
        await cursor.next()
        await fails('getMore', { closeConnection: true })
        const { record, error } = await of(driver, () => cursor.toArray())
        t.match(record, {
          Operation: 'find',
          Outcome: 'failure',
          EndReason: 'error',
          ErrorType: error.constructor.name,
          ErrorMessage: /closed/,
          MatchedCount: 10,
          Batches: 2,
        })
      })

      await t.test('a write that is retried is one record', async t => {
        await fails('insert', {
          errorCode: 6,
          errorLabels: ['RetryableWriteError'],
        })
        const { record, error } = await of(driver, () => things.insertOne({}))
        t.equal(error, undefined)
        t.match(record, { Outcome: 'success', InsertedCount: 1 })
      })

      await t.test('a read that is retried is one record', async t => {
        await fails('find', { closeConnection: true })
        const { record, error } = await of(driver, () =>
          things.find().toArray(),
        )
        t.equal(error, undefined)
        t.match(record, { Outcome: 'success', MatchedCount: 26 })
      })

      await t.test('maxTimeMS', async t => {
        await fails('find', { errorCode: 50 })
        const { record } = await of(driver, () =>
          things.find({}, { maxTimeMS: 5 }).toArray(),
        )
        t.match(record, {
          Outcome: 'failure',
          ErrorCode: 50,
          Options: { maxTimeMS: 5 },
        })
      })

      const blocks = { blockConnection: true, blockTimeMS: 300 }

      await t.test('a signal that is aborted during a command', async t => {
        const controller = new AbortController()
        const { signal } = controller
        const cursor = things.find({}, { signal, batchSize: 10 })
        if (cursor.signal !== signal) return
        await cursor.next()
        await fails('getMore', blocks)
        const { record, error } = await of(driver, () => {
          const rest = cursor.toArray()
          setImmediate(() => controller.abort())
          return rest
        })
        // by what the answers overtake: the signal's, or the closed cursor's
        t.match(record, {
          ...ABORTED,
          ErrorType: error.constructor.name,
          ErrorMessage: error.message,
          MatchedCount: 10,
        })
      })

      await t.test('timeoutMS, which only some versions know', async t => {
        await fails('insert', blocks)
        const { record, error } = await of(driver, () =>
          things.insertOne({}, { timeoutMS: 50 }),
        )
        t.match(record, {
          Outcome: error === undefined ? 'success' : 'failure',
          ErrorType: error?.constructor.name,
          InsertedCount: error === undefined ? 1 : undefined,
          Options: { timeoutMS: 50 },
        })
      })

      await t.test('a server that does not answer', async t => {
        const { MongoClient } = driver.watched.mongodb
        const options = { socketTimeoutMS: 50, retryReads: false }
        const other = new MongoClient(server.uri, options)
        await other.connect()
        await fails('find', blocks)
        const { record, error } = await of(driver, () =>
          other.db(db.databaseName).collection('things').findOne(),
        )
        t.match(record, {
          Operation: 'findOne',
          Outcome: 'failure',
          ErrorType: error.constructor.name,
          ErrorMessage: /timed out/,
        })
        await other.close()
      })
      hasMissedNothing(t, driver)
    },
    server,
  )
})
