import t from 'tap'
import { NOTHING } from '../../src/record/marks.ts'
import { snapshot } from '../../src/record/snapshot.ts'

/** The JSON text of a copy: what a handler writes. */
const text = (value: unknown) => JSON.stringify(snapshot(value))

t.test('a plain filter is copied as it is', async t => {
  const filter = { status: 'a', age: { $gt: 5 }, $or: [{ a: 1 }, { b: null }] }
  t.equal(text(filter), JSON.stringify(filter))
})

t.test('the copy shares nothing with the value', async t => {
  const filter = { tags: ['a'], nested: { n: 1 } }
  const copy = snapshot(filter)
  filter.tags.push('b')
  filter.nested.n = 2
  t.equal(JSON.stringify(copy), '{"tags":["a"],"nested":{"n":1}}')
})

t.test('documents inherit nothing, so every key is the user’s', async t => {
  const copy = snapshot(JSON.parse('{"__proto__":{"a":1},"toString":2}'))
  t.same(Object.keys(copy as object), ['__proto__', 'toString'])
  t.equal(Object.getPrototypeOf(copy), NOTHING)
  t.same(Reflect.ownKeys(NOTHING), [])
  t.equal(Object.getPrototypeOf(NOTHING), null)
  t.equal(JSON.stringify(copy), '{"__proto__":{"a":1},"toString":2}')
})

t.test('numbers JSON cannot hold are named', async t => {
  t.equal(text([Number.NaN]), '[{"$numberDouble":"NaN"}]')
  t.equal(
    text({ $gt: Number.NEGATIVE_INFINITY }),
    '{"$gt":{"$numberDouble":"-Infinity"}}',
  )
})

t.test('a bigint is a number where that is exact', async t => {
  t.equal(text(9007199254740991n), '9007199254740991')
  t.equal(text(9007199254740993n), '{"$numberLong":"9007199254740993"}')
  t.equal(text(-(2n ** 63n)), '{"$numberLong":"-9223372036854775808"}')
  t.equal(text(2n ** 100_000n), '{"$omitted":"bigint"}')
})

t.test('dates are Extended JSON, invalid ones a mark', async t => {
  t.equal(text(new Date(0)), '{"$date":"1970-01-01T00:00:00.000Z"}')
  t.equal(text(new Date(-1)), '{"$date":{"$numberLong":"-1"}}')
  t.equal(
    text(new Date(8.64e15)),
    '{"$date":{"$numberLong":"8640000000000000"}}',
  )
  t.equal(text(new Date(Number.NaN)), '{"$omitted":"invalid date"}')
})

t.test('JavaScript’s own kinds of objects', async t => {
  const cases: [unknown, string][] = [
    [/a\/b/gi, '{"$regularExpression":{"pattern":"a\\\\/b","options":"gi"}}'],
    [
      new Map([
        ['b', 1],
        ['a', -1],
      ]),
      '{"b":1,"a":-1}',
    ],
    [new Map([[{ x: 1 }, 1]]), '{"{\\"x\\":1}":1}'],
    [new Set([1, 'a']), '[1,"a"]'],
    [new Float32Array([1.5, 2]), '[1.5,2]'],
    [new BigInt64Array([2n ** 60n]), '[{"$numberLong":"1152921504606846976"}]'],
    [Buffer.from('abc'), '{"$binary":{"base64":"YWJj","subType":"00"}}'],
    [new ArrayBuffer(1), '{"$binary":{"base64":"AA==","subType":"00"}}'],
    [
      new DataView(new ArrayBuffer(2), 1),
      '{"$binary":{"base64":"AA==","subType":"00"}}',
    ],
    [Object('boxed'), '"boxed"'],
    [Object(5), '5'],
    [Object(false), 'false'],
    [Object(5n), '{"$omitted":"boxed value"}'],
    [Promise.resolve(), '{"$omitted":"promise"}'],
    [() => 1, '{"$omitted":"function"}'],
    [Symbol('a'), '{"$omitted":"symbol"}'],
    [undefined, '{"$undefined":true}'],
    [[undefined], '[{"$undefined":true}]'],
    // biome-ignore lint/suspicious/noSparseArray: holes are what is tested
    [[, 1], '[null,1]'],
  ]
  for (const [value, expected] of cases) t.equal(text(value), expected)
})

t.test(
  'long binary data shows its first bytes and what is left out',
  async t => {
    const copy = snapshot(Buffer.alloc(100, 'a')) as {
      $binary: { base64: string }
      $truncated: number
    }
    t.equal(
      Buffer.from(copy.$binary.base64, 'base64').toString(),
      'a'.repeat(32),
    )
    t.equal(copy.$truncated, 68)
  },
)

t.test('a class instance shows its own enumerable data', async t => {
  class Money {
    amount = 5
    #secret = 'hidden'
    get doubled(): number {
      return this.amount * 2 + this.#secret.length
    }
  }
  t.equal(text({ price: new Money() }), '{"price":{"amount":5}}')
})

t.test('an object that contains itself ends in a mark', async t => {
  const loop: Record<string, unknown> = { a: 1 }
  loop.self = loop
  loop.list = [loop]
  loop.map = new Map([['x', loop]])
  const mark = '{"$omitted":"cycle"}'
  t.equal(
    text(loop),
    `{"a":1,"self":${mark},"list":[${mark}],"map":{"x":${mark}}}`,
  )
})

t.test('the same object twice is not a cycle', async t => {
  const id = { x: 1 }
  t.equal(text([id, id, { id }]), '[{"x":1},{"x":1},{"id":{"x":1}}]')
})
