import t from 'tap'
import { snapshot } from '../../src/record/snapshot.ts'

const text = (value: unknown) => JSON.stringify(snapshot(value))

/** Fails the test when anything of the application is run. */
function felt(): never {
  throw new Error('the application felt the copy')
}

const TRAPS = new Proxy({}, { get: () => felt }) as ProxyHandler<object>

t.test('an accessor is a mark and is not run', async t => {
  const value = Object.defineProperty({ a: 1 }, 'b', {
    get: felt,
    enumerable: true,
  })
  t.equal(text(value), '{"a":1,"b":{"$omitted":"accessor"}}')
  const list = Object.defineProperty([1, 2], 1, { get: felt })
  t.equal(text(list), '[1,{"$omitted":"accessor"}]')
})

t.test('a Proxy is a mark and none of its traps runs', async t => {
  const mark = '{"$omitted":"proxy"}'
  t.equal(text(new Proxy({}, TRAPS)), mark)
  t.equal(text([new Proxy([], TRAPS)]), `[${mark}]`)
  t.equal(text({ a: new Proxy(new Map(), TRAPS) }), `{"a":${mark}}`)
  t.equal(text(new Proxy(felt, TRAPS)), '{"$omitted":"function"}')
})

t.test('a revoked Proxy is a mark', async t => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  t.equal(text({ proxy }), '{"proxy":{"$omitted":"proxy"}}')
})

t.test('a Proxy as prototype is not touched', async t => {
  const value = Object.create(new Proxy({}, TRAPS), {
    a: { value: 1, enumerable: true },
  })
  t.equal(text(value), '{"a":1}')
})

t.test(
  'toJSON, toBSON, toString, valueOf and iterators are not run',
  async t => {
    const hooks = {
      toJSON: felt,
      toBSON: felt,
      toString: felt,
      valueOf: felt,
      [Symbol.iterator]: felt,
      [Symbol.toPrimitive]: felt,
    }
    class Hooked {
      a = 1
    }
    Object.assign(Hooked.prototype, hooks)
    t.equal(text(new Hooked()), '{"a":1}')
    t.equal(
      text(Object.assign([1], hooks)),
      '[1]',
      'what hangs on an array besides its elements is not part of it',
    )
    for (const value of [
      new Date(0),
      new Map(),
      new Set(),
      /a/,
      new Uint8Array(1),
    ]) {
      for (const key of Reflect.ownKeys(hooks)) {
        Object.defineProperty(value, key, { value: felt })
      }
      t.equal(text(value), text(reborn(value)))
    }
  },
)

/** The same value without what was assigned to it. */
function reborn(value: object): unknown {
  return structuredClone(value)
}

t.test(
  'inherited accessors of built-in kinds are not the object’s',
  async t => {
    class Odd extends Date {
      override getTime(): number {
        return felt()
      }
      override toISOString(): string {
        return felt()
      }
    }
    class Pattern extends RegExp {
      override get flags(): string {
        return felt()
      }
      override get source(): string {
        return felt()
      }
    }
    class Bytes extends Uint8Array {
      override get length(): number {
        return felt()
      }
    }
    t.equal(text(new Odd(0)), '{"$date":"1970-01-01T00:00:00.000Z"}')
    t.match(text(new Pattern('a', 'i')), '"pattern":"a","options":"i"')
    t.match(text(new Bytes([97])), '"base64":"YQ=="')
  },
)

t.test('a prototype without its kind’s slot is an ordinary object', async t => {
  for (const kind of [Date, Map, RegExp, Uint8Array, Promise]) {
    t.equal(text(Object.create(kind.prototype)), '{}')
  }
})

t.test('a polluted Object.prototype adds nothing', async t => {
  const target = Object.prototype as Record<string, unknown>
  target.polluted = 1
  t.teardown(() => delete target.polluted)
  t.equal(text({ a: 1 }), '{"a":1}')
})

t.test('lone surrogates survive as escapes', async t => {
  t.equal(text('a\ud800b'), '"a\\ud800b"')
})
