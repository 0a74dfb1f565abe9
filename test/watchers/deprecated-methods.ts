import t, { type Test } from 'tap'
import {
  hasMissedNothing,
  type OnDriver,
  onEachDriver,
} from '../fixtures/drivers.ts'

// biome-ignore lint/suspicious/noExplicitAny: the driver, whatever its version
type Any = any

interface Call {
  readonly method: string
  readonly args: readonly unknown[]
  readonly record: object
  /** The answer of a server that does not know the command. */
  readonly mayFail?: boolean
}

/** Methods that the newest driver has no more, or advises against. */
const COLLECTION_CALLS: readonly Call[] = [
  {
    method: 'insert',
    args: [[{ _id: 'a' }, { _id: 'b' }], { comment: 'x' }],
    record: { InsertedCount: 2, Options: { comment: 'x' } },
  },
  {
    method: 'update',
    args: [{ _id: 'a' }, { $set: { n: 1 } }, { upsert: true }],
    record: {
      Filter: { _id: 'a' },
      Update: { $set: { n: 1 } },
      MatchedCount: 1,
      ModifiedCount: 1,
      Options: { upsert: true },
    },
  },
  {
    method: 'count',
    args: [{ n: { $gte: 0 } }, { limit: 5 }],
    record: {
      Filter: { n: { $gte: 0 } },
      MatchedCount: Number,
      Options: { limit: 5 },
    },
  },
  {
    method: 'remove',
    args: [{ _id: 'a' }, { retryWrites: false }],
    record: { Filter: { _id: 'a' }, DeletedCount: 1 },
  },
  {
    method: 'mapReduce',
    args: [
      'function () { emit(this.n, 1) }',
      'function (key, values) { return values.length }',
      { out: { inline: 1 }, query: { n: 1 } },
    ],
    record: { Options: { query: { n: 1 } } },
    mayFail: true,
  },
  {
    method: 'stats',
    args: [{ scale: 2 }],
    record: { Options: { scale: 2 } },
    mayFail: true,
  },
  {
    method: 'findOneAndUpdate',
    args: [{ _id: 'c' }, { $set: { n: 2 } }, { returnOriginal: false }],
    record: { Filter: { _id: 'c' }, MatchedCount: 1, ModifiedCount: 1 },
  },
  {
    method: 'findOneAndReplace',
    args: [{ _id: 'c' }, { n: 3 }],
    record: { Update: '<document>', MatchedCount: 1, ModifiedCount: 1 },
  },
  {
    method: 'findOneAndDelete',
    args: [{ _id: 'c' }],
    record: { MatchedCount: 1, DeletedCount: 1 },
  },
]

const DATABASE_CALLS: readonly Call[] = [
  { method: 'stats', args: [{ scale: 2 }], record: {}, mayFail: true },
  {
    method: 'addUser',
    args: ['anna', 'open sesame', { roles: [] }],
    record: { Filter: 'anna' },
    mayFail: true,
  },
  {
    method: 'removeUser',
    args: ['anna'],
    record: { Filter: 'anna' },
    mayFail: true,
  },
]

async function start({ db, watched }: OnDriver): Promise<Any> {
  const things = db.collection('things')
  await things.deleteMany({})
  await things.insertMany([
    { _id: 1, n: 1 },
    { _id: 'c', n: 1 },
  ])
  watched.clear()
  return things
}

/** One call, by promise or by callback, is one record with its fields. */
async function check(
  t: Test,
  { watched }: OnDriver,
  target: Any,
  call: Call,
  how: 'promise' | 'callback',
): Promise<void> {
  if (typeof target[call.method] !== 'function') return
  watched.clear()
  const { error } = await HOW[how](target, call)
  const [record, ...more] = watched.finals()
  const title = `${call.method} by ${how}`
  t.strictSame(more, [], `${title} is one record`)
  t.equal(error !== undefined, record?.Outcome === 'failure')
  if (!call.mayFail) t.equal(error, undefined, title)
  t.match({ ...record }, { Operation: call.method, ...call.record }, title)
  t.notOk(JSON.stringify(record).includes('sesame'), 'without the password')
}

const HOW = {
  promise: async (target: Any, { method, args }: Call) => {
    try {
      await target[method](...args)
      return {}
    } catch (error) {
      return { error }
    }
  },
  callback: (target: Any, { method, args }: Call) =>
    new Promise<{ error?: unknown }>(resolve => {
      target[method](...args, (error: unknown) =>
        resolve(error ? { error } : {}),
      )
    }),
}

t.test('methods of older drivers have the same fields', async t => {
  await onEachDriver(t, async (t, driver) => {
    for (const how of ['promise', 'callback'] as const) {
      if (how === 'callback' && driver.major > 4) continue
      const things = await start(driver)
      for (const call of COLLECTION_CALLS) {
        await check(t, driver, things, call, how)
      }
      for (const call of DATABASE_CALLS) {
        await check(t, driver, driver.db, call, how)
      }
    }
    hasMissedNothing(t, driver)
  })
})

t.test('a callback gets what it got, in every place', async t => {
  await onEachDriver(t, async (t, driver) => {
    if (driver.major > 4) return
    const { client, db, watched } = driver
    const things = await start(driver)
    const answer = (call: (callback: Any) => unknown) =>
      new Promise<unknown[]>(resolve => {
        const returned = call((...values: unknown[]) => {
          // 4.x may call back at once; then there is nothing to compare yet
          setImmediate(() => resolve([returned, ...values.map(describe)]))
        })
      })
    const CALLS: Record<string, (callback: Any) => unknown> = {
      findOne: done => things.findOne({ _id: 1 }, done),
      insertOne: done => things.insertOne({ _id: 1 }, done), // a duplicate
      toArray: done => things.find({}).toArray(done),
      next: done => things.find({}).next(done),
      count: done => things.find({}).count(done),
      command: done => db.command({ ping: 1 }, done),
      execute: done => {
        const bulk = things.initializeOrderedBulkOp()
        bulk.find({ _id: 1 }).updateOne({ $set: { n: 1 } })
        return bulk.execute(done)
      },
      listDatabases: done => db.admin().listDatabases(done),
      connect: done => client.connect(done),
    }
    for (const [name, call] of Object.entries(CALLS)) {
      watched.context.enabled = false
      const bare = await answer(call)
      watched.context.enabled = true
      watched.clear()
      const masked = await answer(call)
      t.strictSame(masked, bare, name)
      t.ok(watched.iterations.length > 0, `${name} is recorded`)
    }
  })
})

function describe(value: unknown): unknown {
  if (value instanceof Error) return `${value.name}: ${value.message}`
  if (typeof value !== 'object' || value === null) return value
  return value.constructor?.name
}

/** Servers that are not Atlas refuse them, or do not know them. */
const SEARCH: readonly Call[] = [
  {
    method: 'createSearchIndex',
    args: [{ name: 'text', definition: { mappings: { dynamic: true } } }],
    record: { Filter: { name: 'text' } },
  },
  {
    method: 'createSearchIndexes',
    args: [[{ definition: { mappings: { dynamic: true } } }]],
    record: { Filter: [{ definition: Object }] },
  },
  {
    method: 'updateSearchIndex',
    args: ['text', { mappings: { dynamic: false } }],
    record: { Filter: 'text', Update: { mappings: { dynamic: false } } },
  },
  { method: 'dropSearchIndex', args: ['text'], record: { Filter: 'text' } },
]

t.test('search indexes: a refusal of the server is a failure', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { watched } = driver
    const things = await start(driver)
    for (const call of SEARCH) {
      await check(t, driver, things, { ...call, mayFail: true }, 'promise')
    }
    if (typeof things.listSearchIndexes === 'function') {
      watched.clear()
      const failed = await things
        .listSearchIndexes('text')
        .toArray()
        .then(
          () => false,
          () => true,
        )
      const [record, ...more] = watched.finals()
      t.strictSame(more, [])
      t.match(
        { ...record },
        {
          Operation: 'listSearchIndexes',
          Collection: 'things',
          Outcome: failed ? 'failure' : 'success',
        },
      )
    }
    hasMissedNothing(t, driver)
  })
})
