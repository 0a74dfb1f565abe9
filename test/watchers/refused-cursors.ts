import t from 'tap'
import {
  hasMissedNothing,
  type OnDriver,
  onEachDriver,
} from '../fixtures/drivers.ts'

// biome-ignore lint/suspicious/noExplicitAny: the driver, whatever its version
type Any = any

const ignore = () => undefined

/** Ways to read; each must get the signal's error. */
const READS: Readonly<Record<string, (cursor: Any) => Promise<unknown>>> = {
  next: cursor => cursor.next(),
  hasNext: cursor => cursor.hasNext(),
  tryNext: cursor => cursor.tryNext(),
  toArray: cursor => cursor.toArray(),
  forEach: cursor => cursor.forEach(ignore),
  'for await': async cursor => {
    for await (const _ of cursor);
  },
  'its iterator': cursor => cursor[Symbol.asyncIterator]().next(),
  stream: async cursor => {
    for await (const _ of cursor.stream());
  },
}

/** Methods that make a cursor, by the name in its record. */
const MAKERS: Readonly<Record<string, (db: Any, options: Any) => Any>> = {
  find: (db, options) => db.collection('things').find({ n: 1 }, options),
  aggregate: (db, options) => db.collection('things').aggregate([], options),
  listCollections: (db, options) => db.listCollections({}, options),
}

/** When the signal is aborted, before anything was sent. */
const TIMES: Readonly<
  Record<string, (make: (options: object) => Any) => Promise<Any> | Any>
> = {
  'before the cursor was made': make => make({ signal: AbortSignal.abort() }),
  'after it was made': make => {
    const controller = new AbortController()
    const cursor = make({ signal: controller.signal })
    controller.abort()
    return cursor
  },
  'before it was cloned': make => {
    const cursor = make({ signal: AbortSignal.abort() })
    return typeof cursor.clone === 'function' ? cursor.clone() : cursor
  },
}

/** Does the application's signal reach this driver's cursors? */
const knowsSignals = ({ db }: OnDriver) =>
  'signal' in db.collection('things').find()

const errorOf = (reading: Promise<unknown>): Promise<Any> =>
  reading.then(
    () => undefined,
    error => error,
  )

t.test('a cursor whose signal was aborted leaves one failure', async t => {
  await onEachDriver(t, async (t, driver) => {
    const [major = 0, minor = 0] = driver.version.split('.').map(Number)
    const isKnown = knowsSignals(driver)
    t.equal(isKnown, major + minor / 100 > 6.12, 'knows signals')
    if (!isKnown) return
    const { db, watched } = driver
    for (const [operation, make] of Object.entries(MAKERS)) {
      for (const [time, create] of Object.entries(TIMES)) {
        for (const [way, read] of Object.entries(READS)) {
          const title = `${operation}, aborted ${time}, ${way}`
          watched.clear()
          const cursor = await create(options => make(db, options))
          t.strictSame(watched.finals(), [], 'nothing was asked yet')
          const error = await errorOf(read(cursor))
          t.equal(error?.name, 'AbortError', title)
          await errorOf(cursor.next())
          const [record, ...more] = watched.finals()
          t.strictSame(more, [], `${title}: once`)
          t.match(
            { ...record },
            {
              Operation: operation,
              Iteration: 'final',
              Outcome: 'failure',
              EndReason: 'error',
              ErrorType: 'DOMException',
              MatchedCount: 0,
              Batches: 0,
              ...(operation === 'find' && { Filter: { n: 1 } }),
            },
            title,
          )
        }
      }
    }
    hasMissedNothing(t, driver)
  })
})

t.test('it looks as it does bare, and is let go when read', async t => {
  await onEachDriver(t, async (t, driver) => {
    if (!knowsSignals(driver)) return
    const { FindCursor } = driver.watched.mongodb
    const things = driver.db.collection('things')
    const signal = AbortSignal.abort()
    const usual = things.find({}, { signal: new AbortController().signal })
    const cursor = things.find({}, { signal })
    t.ok(cursor instanceof FindCursor)
    t.equal(cursor.constructor, FindCursor)
    t.strictSame(Reflect.ownKeys(cursor), Reflect.ownKeys(usual))
    for (const name of ['next', 'hasNext', 'tryNext', Symbol.asyncIterator]) {
      t.equal(cursor[name].name, usual[name].name)
      t.equal(cursor[name].length, usual[name].length)
      t.equal(`${cursor[name].constructor.name}`, usual[name].constructor.name)
    }
    await errorOf(cursor.next())
    t.equal(Object.getPrototypeOf(cursor), FindCursor.prototype)
    t.equal(cursor.next, usual.next)
  })
})

t.test('a cursor that is read again after rewind', async t => {
  await onEachDriver(t, async (t, driver) => {
    if (!knowsSignals(driver)) return
    const { db, watched } = driver
    const things = db.collection('things')
    await things.insertMany([{ n: 1 }, { n: 2 }])
    for (const [way, read] of Object.entries(READS)) {
      for (const isAborted of [false, true]) {
        watched.clear()
        const controller = new AbortController()
        const cursor = things.find({}, { signal: controller.signal })
        await cursor.toArray()
        cursor.rewind()
        if (isAborted) controller.abort()
        const error = await errorOf(read(cursor))
        t.equal(error?.name, isAborted ? 'AbortError' : undefined, way)
        await cursor.close()
        const outcomes = watched.finals().map(record => record.Outcome)
        t.strictSame(outcomes, ['success', isAborted ? 'failure' : 'success'])
      }
    }
    hasMissedNothing(t, driver)
  })
})

t.test('calls that are answered once, with an aborted signal', async t => {
  await onEachDriver(t, async (t, driver) => {
    if (!knowsSignals(driver)) return
    const { db, watched } = driver
    const things = db.collection('things')
    const options = { signal: AbortSignal.abort(new RangeError('enough')) }
    const calls: Readonly<Record<string, () => Promise<unknown>>> = {
      findOne: () => things.findOne({}, options),
      countDocuments: () => things.countDocuments({}, options),
      command: () => db.command({ ping: 1 }, options),
    }
    for (const [Operation, call] of Object.entries(calls)) {
      watched.clear()
      const error = await errorOf(call())
      t.equal(error?.message, 'enough', Operation)
      const [record, ...more] = watched.finals()
      t.strictSame(more, [])
      t.match(
        { ...record },
        { Operation, Outcome: 'failure', ErrorType: 'RangeError' },
      )
    }
    hasMissedNothing(t, driver)
  })
})
