import t from 'tap'
import {
  peek,
  peekData,
  peekKeys,
  peekOption,
} from '../../src/watchers/peek.ts'

const TRAPPED = new Proxy(
  {},
  {
    get() {
      throw new Error('a trap was called')
    },
    getOwnPropertyDescriptor() {
      throw new Error('a trap was called')
    },
    getPrototypeOf() {
      throw new Error('a trap was called')
    },
  },
)

const ACCESSOR = {
  get session(): never {
    throw new Error('an accessor was called')
  },
}

t.test('what is no object has no properties', async t => {
  for (const value of [undefined, null, 5, 'text', () => 1]) {
    t.equal(peek(value, 'length'), undefined)
    t.equal(peekData(value, 'length'), undefined)
    t.equal(peekOption(value, 'length'), undefined)
    t.strictSame(peekKeys(value), [])
  }
})

t.test('an option is found where the driver finds it', async t => {
  t.equal(peekOption({ upsert: true }, 'upsert'), true)
  t.equal(peekOption(Object.create({ upsert: true }), 'upsert'), true)
  t.equal(peekOption({ upsert: undefined }, 'upsert'), undefined)
  t.equal(peekOption({}, 'toString'), undefined, 'but not in every object')
  t.equal(peekOption(Object.create(null), 'upsert'), undefined)
})

t.test('nothing of the application is called', async t => {
  for (const value of [TRAPPED, Object.create(TRAPPED), ACCESSOR]) {
    t.equal(peekOption(value, 'session'), undefined)
    t.equal(peekData(value, 'session'), undefined)
  }
  t.strictSame(peekKeys(TRAPPED), [])
})
