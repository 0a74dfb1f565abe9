import t from 'tap'
import { VERSIONS } from '../fixtures/drivers.ts'
import { driverPath } from '../fixtures/packages.ts'
import { useServer } from '../fixtures/server.ts'
import { watchDriver } from '../fixtures/watch.ts'

t.test('one record per call', async t => {
  const server = await useServer(t)
  for (const version of VERSIONS) {
    await t.test(`driver ${version}`, async t => {
      const watched = watchDriver(t, await driverPath(version))
      const { MongoClient, ObjectId } = watched.mongodb
      const client = new MongoClient(server.uri)
      if (version === '4.0.0') await client.connect() // must be connected
      t.teardown(() => client.close())
      const things = client
        .db(`${server.dbName}_${version.replace(/\./g, '_')}`)
        .collection('things')

      const check = async (
        call: () => Promise<unknown>,
        expected: object,
      ): Promise<void> => {
        watched.clear()
        await call().catch(() => undefined)
        const names = watched.finals().map(record => record.Operation)
        t.equal(names.length, 1, `exactly one record, got ${names}`)
        const record = { ...watched.finals()[0] }
        t.match(record, { Collection: 'things', ...expected })
        t.match(record, { Driver: version, Server: /:\d+/ })
      }

      await check(
        () =>
          things.insertMany(
            Array.from({ length: 25 }, (_, i) => ({ _id: i, n: i % 5 })),
          ),
        { Operation: 'insertMany', InsertedCount: 25, Outcome: 'success' },
      )
      await check(() => things.insertMany([{ _id: 100 }]), {
        InsertedCount: 1,
      })
      await check(() => things.insertOne({ _id: new ObjectId() }), {
        Operation: 'insertOne',
        InsertedCount: 1,
      })
      await check(() => things.insertOne({ _id: 1 }), {
        Operation: 'insertOne',
        Outcome: 'failure',
        ErrorType: 'MongoServerError',
        ErrorCode: 11000,
        InsertedCount: undefined,
      })
      await check(() => things.findOne({ _id: 1 }), {
        Operation: 'findOne',
        Filter: { _id: 1 },
        MatchedCount: 1,
        Iteration: 'final',
      })
      await check(() => things.countDocuments({ n: 1 }), {
        Operation: 'countDocuments',
        Filter: { n: 1 },
        MatchedCount: 5,
      })
      await check(() => things.updateMany({ n: 1 }, { $set: { x: 1 } }), {
        Operation: 'updateMany',
        Update: { $set: { x: 1 } },
        MatchedCount: 5,
        ModifiedCount: 5,
      })
      await check(
        () =>
          things.bulkWrite([
            { insertOne: { document: { _id: 200 } } },
            { updateOne: { filter: { _id: 200 }, update: { $set: { a: 1 } } } },
            { deleteOne: { filter: { _id: 200 } } },
          ]),
        {
          Operation: 'bulkWrite',
          OperationCount: 3,
          InsertedCount: 1,
          ModifiedCount: 1,
          DeletedCount: 1,
          Filter: [{ updateOne: { _id: 200 } }, { deleteOne: { _id: 200 } }],
        },
      )
      await check(() => things.distinct('n', { n: { $lt: 3 } }), {
        Operation: 'distinct',
        Filter: { key: 'n', query: { n: { $lt: 3 } } },
        MatchedCount: 3,
      })
      await check(() => things.createIndex({ n: 1 }), {
        Operation: 'createIndex',
        Filter: { n: 1 },
      })
      await check(() => things.indexes(), { Operation: 'indexes' })
      await check(() => things.indexExists('n_1'), {
        Operation: 'indexExists',
      })
      await check(() => things.indexInformation(), {
        Operation: 'indexInformation',
      })
      await check(() => things.isCapped(), { Operation: 'isCapped' })
      await check(() => things.options(), { Operation: 'options' })
      await check(() => things.estimatedDocumentCount(), {
        Operation: 'estimatedDocumentCount',
        MatchedCount: 27,
      })
      await check(
        () =>
          things.findOneAndUpdate(
            { _id: 2 },
            { $inc: { n: 1 } },
            { returnDocument: 'after' },
          ),
        {
          Operation: 'findOneAndUpdate',
          MatchedCount: 1,
          ModifiedCount: 1,
          Options: { returnDocument: 'after' },
        },
      )
      await check(() => things.findOneAndDelete({ _id: 3 }), {
        Operation: 'findOneAndDelete',
        DeletedCount: 1,
      })
      await check(() => things.deleteMany({ n: 4 }), {
        Operation: 'deleteMany',
        DeletedCount: 5,
      })
      await check(() => things.replaceOne({ _id: 5 }, { secret: 'x' }), {
        Operation: 'replaceOne',
        Update: '<document>',
        ModifiedCount: 1,
      })
      await check(
        () => things.find({ _id: { $lt: 20 } }, { batchSize: 10 }).toArray(),
        {
          Operation: 'find',
          Filter: { _id: { $lt: 20 } },
          Options: { batchSize: 10 },
          Batches: 2,
          EndReason: 'exhausted',
          ReturnedCount: 15,
        },
      )
      await check(
        () => things.aggregate([{ $match: { n: 1 } }, { $limit: 2 }]).toArray(),
        { Operation: 'aggregate', MatchedCount: 2, ReturnedCount: 2 },
      )
      await check(() => things.listIndexes().toArray(), {
        Operation: 'listIndexes',
        MatchedCount: 2,
      })
      await check(() => things.drop(), { Operation: 'drop' })
      const { coverage, open } = watched.context
      t.equal(open.size, 0)
      t.same([...coverage.missed], [], 'nothing escaped')
      t.equal(coverage.seen, coverage.recorded)
    })
  }
})
