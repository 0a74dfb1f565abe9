import { inspect } from 'node:util'
import mongoose from 'mongoose'
import t from 'tap'
import { onEachDriver } from '../fixtures/drivers.ts'

// biome-ignore lint/suspicious/noExplicitAny: the driver, whatever its version
type Any = any

/** Clocks of the server, and ids that the driver makes. */
const VARYING = /Timestamp\(.*?\)|ObjectId\(.*?\)/g

const outcome = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    value => `gave ${inspect(value).replace(VARYING, '')}`,
    error => `failed with ${error?.constructor?.name}: ${error?.message}`,
  )

const Order = mongoose.model(
  'Order',
  new mongoose.Schema({
    customer: String,
    lines: [{ sku: String, count: Number }],
  }),
)
const order = new Order({ customer: 'anna', lines: [{ sku: 'a', count: 2 }] })

const TRAPS: ProxyHandler<object> = Object.fromEntries(
  Object.getOwnPropertyNames(Reflect).map(name => [
    name,
    () => {
      throw new Error(`the trap ${name} was called`)
    },
  ]),
)

/** What an application may hand over to any method, made anew each time. */
const VALUES: Readonly<Record<string, () => unknown>> = {
  'a mongoose document': () => order,
  'a part of a mongoose document': () => ({ lines: order.lines }),
  'a mongoose query filter': () => Order.find({ customer: 'anna' }).getFilter(),
  'a Proxy whose traps throw': () => new Proxy({}, TRAPS),
  'such a Proxy inside': () => ({ a: { $in: [new Proxy({}, TRAPS)] } }),
  'a toBSON that throws': () => ({
    a: {
      toBSON() {
        throw new Error('toBSON')
      },
    },
  }),
  'a toBSON': () => ({ a: { toBSON: () => 5 } }),
  'no prototype': () => Object.assign(Object.create(null), { a: 1 }),
  'a frozen object': () => Object.freeze({ a: Object.freeze([1]) }),
  'a sparse array': () => ({ a: new Array(50_000) }),
  'a date that is none': () => ({ a: new Date(Number.NaN) }),
  'a string of lone surrogates': () => ({ a: '\ud800'.repeat(100) }),
  'a getter for _bsontype': () => ({
    a: {
      get _bsontype(): string {
        throw new Error('_bsontype')
      },
    },
  }),
  'a false _bsontype': () => ({ a: { _bsontype: 'ObjectId' } }),
  'a promise': () => ({ a: Promise.resolve(1) }),
  'a WeakMap and a generator': () => ({
    a: new WeakMap(),
    b: (function* () {})(),
  }),
  'a session that is a Proxy': () => ({ session: new Proxy({}, TRAPS) }),
  'a session of its own kind': () => ({
    session: {
      get id(): string {
        throw new Error('id')
      },
      inTransaction(): boolean {
        throw new Error('inTransaction')
      },
    },
  }),
  'options that throw': () => ({
    get session(): object {
      throw new Error('session')
    },
    get upsert(): boolean {
      throw new Error('upsert')
    },
  }),
  'inherited options': () => Object.create({ upsert: true, comment: 'x' }),
  null: () => null,
  'a number': () => 5,
  'a string': () => 'text',
  'an array': () => [1, 2],
}

/** The places in which a value can be handed over. */
const PLACES: Readonly<Record<string, (things: Any, value: Any) => unknown>> = {
  filter: (things, value) => things.findOne(value),
  update: (things, value) => things.updateOne({ _id: 1 }, { $set: value }),
  'an option': (things, value) => things.findOne({ _id: 1 }, { hint: value }),
  'the options': (things, value) => things.countDocuments({}, value),
  'the options of a write': (things, value) =>
    things.findOneAndUpdate({ _id: 1 }, { $inc: { a: 1 } }, value),
  'the options of an insert': (things, value) => things.insertMany([{}], value),
  pipeline: (things, value) => things.aggregate([{ $match: value }]).toArray(),
  'the key': (things, value) => things.distinct(value, {}),
  operations: (things, value) =>
    things.bulkWrite([{ deleteOne: { filter: value } }]),
  'the operations themselves': (things, value) => things.bulkWrite(value),
  cursor: (things, value) => things.find(value).limit(1).toArray(),
}

async function call(task: () => unknown): Promise<unknown> {
  return task()
}

t.setTimeout(180_000)

t.test('hostile values in every place do what they do bare', async t => {
  await onEachDriver(t, async (t, { db, watched }) => {
    const things = db.collection('things')
    const reset = async () => {
      await things.deleteMany({})
      await things.insertOne({ _id: 1 })
    }
    for (const [place, use] of Object.entries(PLACES)) {
      for (const [name, make] of Object.entries(VALUES)) {
        watched.context.enabled = false
        await reset()
        const bare = await outcome(call(() => use(things, make())))
        watched.context.enabled = true
        await reset()
        watched.clear()
        const masked = await outcome(call(() => use(things, make())))
        const title = `${name} as ${place}`
        const count = watched.finals().length
        const bytes = JSON.stringify(watched.finals()).length
        if (masked !== bare) t.equal(masked, bare, `${title}: the same`)
        if (count !== 1) t.equal(count, 1, `${title}: one record`)
        if (bytes > 60_000) t.fail(`${title}: bounded (${bytes})`)
      }
      t.pass(place)
    }
    t.equal(watched.context.open.size, 0)
  })
})

/** Inputs of the size that the issue of an attacker, or an accident, has. */
const HUGE: Readonly<Record<string, () => object>> = {
  'a million keys': () => {
    const filter: Record<string, number> = {}
    for (let i = 0; i < 1e6; i++) filter[`k${i}`] = i
    return filter
  },
  'a string of 16 MB': () => ({ a: 'x'.repeat(2 ** 24) }),
  'a buffer of 16 MB': () => ({ a: Buffer.alloc(2 ** 24) }),
  'a list of a million': () => ({ a: { $in: Array.from({ length: 1e6 }) } }),
  'a Map of a million': () => ({
    a: new Map(Array.from({ length: 1e6 }, (_, i) => [`k${i}`, i])),
  }),
}

t.test('what is huge is cut before it is read', async t => {
  await onEachDriver(t, async (t, { db, major, version, watched }) => {
    if (major === 5 || major === 6) return // the oldest and the newest suffice
    if (version === '4.0.0') return // it refuses to be used unconnected
    // closed: the driver refuses it at once, and only our part takes time
    const client = new watched.mongodb.MongoClient('mongodb://127.0.0.1:1', {
      serverSelectionTimeoutMS: 1,
    })
    const things = client.db(db.databaseName).collection('things')
    for (const [name, make] of Object.entries(HUGE)) {
      watched.clear()
      const filter = make()
      await outcome(things.deleteOne(filter))
      const record = watched
        .finals()
        .find(({ Operation }) => Operation === 'deleteOne')
      const bytes = JSON.stringify(record?.Filter)?.length ?? 0
      t.ok(bytes > 0 && bytes < 40_000, `${name}: ${bytes} bytes`)
      t.match(JSON.stringify(record?.Filter), /\$truncated|…/, 'with a mark')
    }
    await client.close()
  })
})
