import t from 'tap'
import { seesTheSame } from '../fixtures/compare.ts'
import { driverPath } from '../fixtures/packages.ts'
import { useServer } from '../fixtures/server.ts'

const DRIVERS = ['4.17.2', '5.9.2', '6.22.0', '7.9.0']

/** Before each: `mongo`, `client`, `db`, `orders` with ten documents. */
const BEFORE = `
const mongo = require('mongodb')
const client = new mongo.MongoClient(process.env.URI)
const db = client.db(process.env.DB)
const orders = db.collection('orders')
const print = value => console.log(require('node:util').inspect(value, { depth: 6 }))
const fill = () => orders.insertMany(Array.from({ length: 10 }, (_, i) => ({ _id: i, n: i % 3 })))
fill().then(main).then(() => client.close())
`

/** What the application does, and the exit code it ends with. */
const APPLICATIONS: Record<
  string,
  { main: string; ends: number; drivers?: RegExp }
> = {
  'callbacks instead of promises': {
    drivers: /^4/,
    main: `
      const done = await new Promise(resolve => {
        print(orders.insertOne({ _id: 'cb' }, (error, result) => {
          print([error, result])
          orders.insertOne({ _id: 1 }, {}, (error, result) => {
            print([error.constructor.name, error.code, result])
            orders.find({}, { batchSize: 4 }).toArray((error, all) => {
              print([error, all.length])
              orders.find().forEach(each => print(each._id), error => {
                print(['end', error])
                orders.countDocuments((error, count) => { print([error, count]); resolve('done') })
              })
            })
          })
        }))
        print('before')
      })
      print(done)
      const cursor = orders.find().limit(2)
      await new Promise(resolve => cursor.next((error, first) => { print([error, first]); cursor.close(resolve) }))`,
    ends: 0,
  },
  'a callback that throws': {
    drivers: /^4/,
    main: `
      // not its stack: that has two frames of ours
      process.on('uncaughtException', (error, origin) => { print([origin, error.message]); process.exit(8) })
      await new Promise(() => orders.findOne({ _id: 1 }, () => { throw new Error('mine') }))`,
    ends: 8,
  },
  'results of writes': {
    main: `
      print(await orders.insertOne({ _id: 'a' }))
      print(await orders.insertMany([{ _id: 'b' }, { _id: 'c' }]))
      print(await orders.updateOne({ _id: 1 }, { $set: { x: 1 } }))
      print(await orders.updateMany({ n: 0 }, { $inc: { x: 1 } }))
      print(await orders.replaceOne({ _id: 2 }, { y: 1 }))
      print(await orders.updateOne({ _id: 'new' }, { $set: { z: 1 } }, { upsert: true }))
      const value = result => result.lastErrorObject ? result.value : result // drivers 4 and 5
      print(value(await orders.findOneAndUpdate({ _id: 3 }, { $set: { x: 9 } })))
      print(value(await orders.findOneAndDelete({ _id: 4 })))
      print(await orders.deleteMany({ n: 2 }))
      const bulk = await orders.bulkWrite([{ deleteOne: { filter: { _id: 5 } } }, { insertOne: { document: { _id: 'd' } } }])
      print([bulk.deletedCount, bulk.insertedCount, bulk.insertedIds, bulk.ok])`,
    ends: 0,
  },
  'results of reads': {
    main: `
      print(await orders.findOne({ _id: 1 }))
      print(await orders.findOne({ _id: 'none' }))
      print(await orders.countDocuments({ n: 1 }))
      print(await orders.estimatedDocumentCount())
      print(await orders.distinct('n'))
      print(await orders.find({}, { batchSize: 3 }).toArray())
      print(await orders.aggregate([{ $group: { _id: '$n', c: { $sum: 1 } } }, { $sort: { _id: 1 } }]).toArray())
      print(await orders.indexes())
      print((await db.listCollections().toArray()).map(c => c.name))`,
    ends: 0,
  },
  'every way to read a cursor': {
    main: `
      const cursor = () => orders.find({}, { batchSize: 4 }).sort({ _id: 1 })
      for await (const each of cursor()) if (each._id === 5) break
      const one = cursor(); print([await one.hasNext(), await one.next(), await one.tryNext(), one.bufferedCount()]); await one.close()
      await cursor().forEach(each => print(each._id))
      print(await cursor().map(each => each._id * 2).toArray())
      for await (const each of cursor().stream()) print(each._id)
      const again = cursor(); await again.toArray(); again.rewind(); print((await again.toArray()).length)
      const copy = cursor().limit(2).clone(); print(await copy.toArray()); print([copy.closed, copy.id])
      try { for await (const each of cursor()) throw new Error('mine ' + each._id) } catch (error) { print(error.message) }
      cursor() // never begun`,
    ends: 0,
  },
  'events of a cursor': {
    main: `
      const cursor = orders.find({}, { batchSize: 4 })
      cursor.on('close', () => print('close'))
      for await (const each of cursor) print(each._id)
      const stream = orders.find().stream()
      for (const name of ['close', 'end', 'error']) stream.on(name, () => print(name))
      stream.resume(); await new Promise(resolve => stream.on('end', resolve))`,
    ends: 0,
  },
  'an error that is caught': {
    main: `
      const error = await orders.insertOne({ _id: 1 }).catch(error => error)
      print([error.constructor.name, error.code, error.message, error instanceof mongo.MongoServerError])
      print(error.stack)`,
    ends: 0,
  },
  'a rejection that is forgotten': {
    main: `orders.insertOne({ _id: 1 }); await new Promise(resolve => setTimeout(resolve, 500))`,
    ends: 1,
  },
  'a rejection that is forgotten and reported': {
    main: `
      process.on('unhandledRejection', error => print(['unhandled', error.code]))
      process.on('rejectionHandled', () => print('handled'))
      const pause = () => new Promise(resolve => setTimeout(resolve, 200))
      const late = orders.insertOne({ _id: 1 }); await pause()
      orders.find({ $bad: 1 }).toArray(); await pause()
      orders.aggregate([{ $bad: 1 }]).next(); await pause()
      orders.updateOne({ _id: 1 }, { $bad: 1 }); await pause()
      await late.catch(() => print('late'))
      await new Promise(resolve => setTimeout(resolve, 50))`,
    ends: 0,
  },
  'an error that is not caught': {
    main: `
      process.on('exit', code => print(code))
      await orders.bulkWrite([{ insertOne: { document: { _id: 'e' } } }, { insertOne: { document: { _id: 1 } } }])`,
    ends: 1,
  },
  'arguments that the driver refuses': {
    main: `
      const refused = [
        () => orders.insertMany('text'), () => orders.insertMany([]), () => orders.bulkWrite('text'),
        () => orders.bulkWrite([]), () => orders.updateOne({}, { a: 1 }), () => orders.updateOne(),
        () => orders.replaceOne({}, { $set: {} }), () => orders.find(5), () => orders.find().sort('a', 'sideways'),
        () => orders.aggregate('text'), () => orders.findOneAndUpdate({}, { a: 1 }), () => orders.distinct(),
        () => orders.deleteOne(undefined), () => orders.insertOne(undefined), () => orders.rename('a..b'),
        () => orders.find({}, { batchSize: 'x' }).next(), () => db.collection(''), () => orders.countDocuments(7),
      ]
      for (const each of refused) {
        let when = 'at once'
        try { const promise = each(); when = 'later'; print([String(each), await promise instanceof Object]) }
        catch (error) { print([String(each), when, error.constructor.name, error.message]) }
      }`,
    ends: 0,
  },
  'names, lengths and own keys': {
    main: `
      const classes = ['Collection', 'Db', 'MongoClient', 'FindCursor', 'AggregationCursor', 'AbstractCursor',
        'ListIndexesCursor', 'ListCollectionsCursor', 'ClientSession', 'ChangeStream', 'GridFSBucket']
      for (const name of classes) {
        const { prototype } = mongo[name]
        print([name, mongo[name].name, mongo[name].length, Object.keys(mongo[name]), Object.keys(prototype)])
        for (const key of Object.getOwnPropertyNames(prototype)) {
          const { value, get, ...flags } = Object.getOwnPropertyDescriptor(prototype, key)
          print([key, typeof value, typeof get, flags, value?.name, value?.length, Object.hasOwn(value ?? {}, 'prototype')])
        }
      }
      print(Object.keys(orders)); print(Object.keys(db)); print(Object.keys(client)); print(Object.keys(orders.find()))
      print([orders, db, orders.find()].map(each => each.constructor.name))
      print(Object.keys(mongo)); print(Object.getOwnPropertyDescriptor(mongo, 'Collection'))`,
    ends: 0,
  },
  'kinds of promises and functions': {
    main: `
      const kinds = [orders.findOne(), orders.find().next(), orders.insertOne({}), orders.find().toArray()]
      print(kinds.map(each => [each instanceof Promise, each.constructor === Promise, Object.keys(each)]))
      await Promise.all(kinds)
      print([mongo.Collection.prototype.find, mongo.Collection.prototype.insertOne].map(each => each.constructor.name))
      print(orders.find() instanceof mongo.AbstractCursor)
      const { find } = orders; try { find({}) } catch (error) { print(error.constructor.name) }`,
    ends: 0,
  },
  'an application that changes its arguments at once': {
    main: `
      const filter = { n: 1 }; const update = { $set: { x: 1 } }
      const done = orders.updateMany(filter, update); filter.n = 2; delete update.$set
      await done.catch(error => print(error.message)); print(await orders.find().toArray())
      const frozen = Object.freeze({ n: 1 }); print(await orders.find(frozen, Object.freeze({ limit: 1 })).toArray())
      const proxy = new Proxy({ n: 0 }, { get: (target, key) => target[key] }); print(await orders.countDocuments(proxy))`,
    ends: 0,
  },
  'what is asked for only once': {
    main: `
      let asked = 0
      const filter = { get n() { asked++; return 1 } }
      print(await orders.countDocuments(filter)); print(asked)
      const evil = { n: { toBSON() { asked += 100; return 1 } } }
      print(await orders.countDocuments(evil)); print(asked)`,
    ends: 0,
  },
  'context of asynchronous calls': {
    main: `
      const { AsyncLocalStorage } = require('node:async_hooks')
      const storage = new AsyncLocalStorage()
      await Promise.all([1, 2, 3].map(id => storage.run(id, async () => {
        await orders.findOne({ _id: id }); const a = storage.getStore()
        let b; for await (const _ of orders.find({}, { batchSize: 3 })) b = storage.getStore()
        const c = await orders.insertOne({}).then(() => storage.getStore())
        const d = await orders.insertOne({ _id: 1 }).catch(() => storage.getStore())
        await new Promise(resolve => setTimeout(resolve, id * 100)); print([id, a, b, c, d])
      })))`,
    ends: 0,
  },
  'a transaction that is taken back': {
    main: `
      const session = client.startSession()
      await session.withTransaction(async () => {
        print((await orders.updateOne({ _id: 1 }, { $set: { x: 1 } }, { session })).modifiedCount)
        await session.abortTransaction()
      })
      print(await orders.findOne({ _id: 1 })); await session.endSession()`,
    ends: 0,
  },
  'a signal that aborts a read': {
    main: `
      const controller = new AbortController()
      const reading = orders.find({}, { batchSize: 2, signal: controller.signal })
      try { for await (const each of reading) { print(each._id); if (each._id === 3) controller.abort(new Error('enough')) } }
      catch (error) { print([error.constructor.name, error.message]) }`,
    ends: 0,
  },
  'a subclass of the client': {
    main: `
      class Mine extends mongo.MongoClient { db(name) { print('asked'); return super.db(name) } }
      const mine = new Mine(process.env.URI); print(mine.constructor.name)
      print(await mine.db(process.env.DB).collection('orders').countDocuments()); await mine.close()`,
    ends: 0,
  },
  'somebody else who wraps a method': {
    main: `
      const { findOne } = mongo.Collection.prototype
      mongo.Collection.prototype.findOne = function (...args) { print('wrapped'); return findOne.apply(this, args) }
      print(await orders.findOne({ _id: 1 }))
      mongo.Collection.prototype.findOne = findOne; print(await orders.findOne({ _id: 2 }))`,
    ends: 0,
  },
  'exit in the middle of an operation': {
    main: `orders.find().toArray(); setImmediate(() => process.exit(5)); await new Promise(() => {})`,
    ends: 5,
  },
  'forty cursors at once': {
    main: `
      const cursors = Array.from({ length: 40 }, () => orders.find({}, { batchSize: 2 }))
      print(await Promise.all(cursors.map(each => each.next()))); await Promise.all(cursors.map(each => each.close()))
      print(cursors[0].listenerCount('close'))`,
    ends: 0,
  },
  'a client that is closed too early': {
    main: `
      const late = new mongo.MongoClient(process.env.URI, { serverSelectionTimeoutMS: 200 })
      await late.connect(); await late.close(true)
      const other = new mongo.MongoClient('mongodb://127.0.0.1:1', { serverSelectionTimeoutMS: 200 })
      try { await other.db('a').collection('b').findOne() } catch (error) { print([error.constructor.name, error.message]) }
      await other.close()`,
    ends: 0,
  },
}

t.setTimeout(600_000)

t.test('applications see the same with the mask', async t => {
  const server = await useServer(t)
  for (const version of DRIVERS) {
    const packages = [await driverPath(version)]
    for (const [title, { main, ends, drivers }] of Object.entries(
      APPLICATIONS,
    )) {
      if (drivers?.test(version) === false) continue
      await t.test(`${title}, driver ${version}`, async t => {
        const code = `async function main() {${main}\n}${BEFORE}`
        const env = { URI: server.uri }
        const seen = await seesTheSame(
          t,
          { code, packages, env, timeoutMs: 20_000 },
          { require: 'none' },
        )
        t.equal(seen.code, ends, seen.stderr)
        t.ok(Number(seen.recorded[0]) > 0, 'the mask was on')
      })
    }
  }
})
