import t from 'tap'
import { hasMissedNothing, onEachDriver } from '../fixtures/drivers.ts'

/** Name, session and transaction of what ended, in order. */
const told = (records: { [key: string]: unknown }[]) =>
  records.map(({ Operation, Session, Transaction }) => ({
    Operation,
    Session,
    Transaction,
  }))

t.test('operations in a transaction carry its session and number', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { client, db, watched } = driver
    const things = db.collection('things')
    await things.insertOne({ _id: 0 })
    watched.clear()
    const session = client.startSession()
    await session.withTransaction(async () => {
      await things.insertOne({ _id: 1 }, { session })
      await things.find({}, { session }).toArray()
    })
    session.startTransaction()
    await things.updateOne({ _id: 1 }, { $set: { a: 1 } }, { session })
    await session.abortTransaction()
    await things.findOne({ _id: 1 }, { session })
    await session.endSession()

    const records = told(watched.finals().map(record => ({ ...record })))
    const [first] = records
    t.match(first?.Session, /^[0-9a-f]{32}$/)
    t.type(first?.Transaction, 'number')
    const one = Number(first?.Transaction)
    const own = { Session: first?.Session }
    t.match(records, [
      { Operation: 'insertOne', ...own, Transaction: one },
      { Operation: 'find', ...own, Transaction: one },
      { Operation: 'commitTransaction', ...own, Transaction: one },
      { Operation: 'updateOne', ...own, Transaction: one + 1 },
      { Operation: 'abortTransaction', ...own, Transaction: one + 1 },
      { Operation: 'findOne', ...own, Transaction: undefined },
    ])
    t.equal(records.length, 6)
    hasMissedNothing(t, driver)
  })
})

t.test('a cursor that outlives its transaction has its number', async t => {
  await onEachDriver(t, async (t, { client, db, watched }) => {
    const things = db.collection('things')
    await things.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }])
    const session = client.startSession()
    session.startTransaction()
    const cursor = things.find({}, { session, batchSize: 2 })
    await cursor.next()
    watched.clear()
    await session.commitTransaction()
    await cursor.close()
    await session.endSession()
    const [commit, find, ...more] = told(
      watched.finals().map(record => ({ ...record })),
    )
    t.strictSame(more, [])
    t.match(commit, { Operation: 'commitTransaction', Transaction: Number })
    t.match(find, { Operation: 'find', Transaction: commit?.Transaction })
  })
})

t.test('the driver’s own sessions are nobody’s', async t => {
  await onEachDriver(t, async (t, { db, watched }) => {
    const things = db.collection('things')
    await things.findOne({})
    await things.find({}).toArray()
    await things.insertMany([{ a: 1 }])
    for (const record of watched.finals()) {
      t.equal(record.Session, undefined, record.Operation)
      t.equal(record.Transaction, undefined, record.Operation)
    }
  })
})

t.test('a bulk builder in a session is one record of it', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { client, db, watched } = driver
    const things = db.collection('things')
    await things.insertOne({ _id: 'x' })
    watched.clear()
    await client.withSession(async (session: unknown) => {
      const bulk = things.initializeOrderedBulkOp({ session })
      bulk.insert({ _id: 'y' })
      bulk.find({ _id: 'x' }).updateOne({ $set: { a: 1 } })
      await bulk.execute()
    })
    t.match(watched.finals(), [
      {
        Operation: 'execute',
        Collection: 'things',
        OperationCount: 2,
        InsertedCount: 1,
        ModifiedCount: 1,
        Session: /^[0-9a-f]{32}$/,
      },
    ])
    hasMissedNothing(t, driver)
  })
})
