import { inspect } from 'node:util'
import t from 'tap'
import { onEachDriver } from '../fixtures/drivers.ts'

class Money {
  amount = 5
  get tax(): number {
    throw new Error('an accessor was called')
  }
  toJSON(): never {
    throw new Error('toJSON was called')
  }
  toString(): never {
    throw new Error('toString was called')
  }
}

/** Filters that applications build by accident, or on purpose. */
const FILTERS: Record<string, () => object> = {
  'a throwing accessor': () => ({
    a: 1,
    get b(): number {
      throw new Error('an accessor was called')
    },
  }),
  'a Proxy': () =>
    new Proxy(
      { a: 1 },
      {
        get(target, key) {
          return Reflect.get(target, key)
        },
      },
    ),
  'a revoked Proxy': () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    return proxy
  },
  'a cycle': () => {
    const filter: Record<string, unknown> = { a: 1 }
    filter.self = filter
    return filter
  },
  'a hundred thousand keys': () => {
    const filter: Record<string, number> = {}
    for (let i = 0; i < 100_000; i++) filter[`k${i}`] = i
    return { a: filter } // at the top the test server takes seconds
  },
  'a string of 15 MB': () => ({ a: 'x'.repeat(15 * 1024 * 1024) }),
  'a depth of 10,000': () => {
    let filter: object = { a: 1 }
    for (let i = 0; i < 10_000; i++) filter = { a: filter }
    return filter
  },
  'a __proto__ key': () => JSON.parse('{"__proto__": {"a": 1}}'),
  symbols: () => ({ a: Symbol('s'), [Symbol('key')]: 1 }),
  'a class': () => ({ price: new Money() }),
  functions: () => ({ a: () => 1, b: class {} }),
  'a Map': () => ({ a: new Map([['b', 1]]) }),
  'typed arrays': () => ({
    a: new Float64Array([1, 2]),
    b: new Uint8Array(300),
    c: Buffer.from('abc'),
  }),
  bigints: () => ({ a: 10n ** 30n }),
}

const outcome = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    value => `gave ${inspect(value)}`,
    error => `failed with ${error?.constructor?.name}: ${error?.message}`,
  )

t.test('hostile filters do what they do without the mask', async t => {
  await onEachDriver(t, async (t, { db, watched }) => {
    const things = db.collection('things')
    await things.insertOne({ _id: 1 })
    for (const [name, make] of Object.entries(FILTERS)) {
      watched.context.enabled = false
      const bare = await outcome(things.findOne(make()))
      watched.context.enabled = true
      watched.clear()
      const masked = await outcome(things.findOne(make()))
      t.equal(masked, bare, `${name}: the application sees the same`)
      const [record, ...more] = watched.finals()
      t.equal(more.length, 0)
      t.equal(record?.Operation, 'findOne', `${name}: recorded`)
      const bytes = JSON.stringify(record?.Filter)?.length ?? 0
      t.ok(bytes < 40_000, `${name}: bounded (${bytes})`)
    }
  })
})

t.test('a record holds what was asked, not what it became later', async t => {
  await onEachDriver(t, async (t, { db, watched }) => {
    const filter = { a: { $in: [1, 2] } }
    watched.clear()
    const promise = db.collection('things').countDocuments(filter)
    filter.a.$in.push(3)
    await promise
    t.same(watched.finals()[0]?.Filter, { a: { $in: [1, 2] } })
  })
})
