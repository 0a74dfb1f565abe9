import t from 'tap'
import { DEFAULT_LIMITS } from '../../src/record/limits.ts'
import { snapshot } from '../../src/record/snapshot.ts'

const text = (value: unknown, limits = {}) =>
  JSON.stringify(snapshot(value, { ...DEFAULT_LIMITS, ...limits }))

t.test('depth: the last level is shown, the next is a mark', async t => {
  const value = { a: { b: { c: 1 } } }
  t.equal(text(value, { depth: 3 }), '{"a":{"b":{"c":1}}}')
  t.equal(text(value, { depth: 2 }), '{"a":{"b":{"$truncated":"depth"}}}')
  t.equal(text([[[1]]], { depth: 2 }), '[[{"$truncated":"depth"}]]')
  t.equal(text([[new Date(0)]], { depth: 2 }).includes('1970'), true)
})

t.test('keys: as many as allowed, then how many are left out', async t => {
  const value = { a: 1, b: 2, c: 3 }
  t.equal(text(value, { keys: 3 }), '{"a":1,"b":2,"c":3}')
  t.equal(text(value, { keys: 2 }), '{"a":1,"b":2,"$truncated":1}')
  const map = new Map(Object.entries(value))
  t.equal(text(map, { keys: 2 }), '{"a":1,"b":2,"$truncated":1}')
})

t.test('array: as many elements as allowed, then how many more', async t => {
  t.equal(text([1, 2, 3], { array: 3 }), '[1,2,3]')
  t.equal(text([1, 2, 3], { array: 2 }), '[1,2,{"$truncated":1}]')
  t.equal(text(new Set([1, 2, 3]), { array: 2 }), '[1,2,{"$truncated":1}]')
  t.equal(text(new Float32Array(1536), { array: 1 }), '[0,{"$truncated":1535}]')
})

t.test('string: as many units as allowed, then how many more', async t => {
  t.equal(text('abc', { string: 3 }), '"abc"')
  t.equal(text('abcd', { string: 3 }), '"abc…(+1)"')
  t.equal(text({ abcd: 1 }, { string: 3 }), '{"abc…(+1)":1}')
  t.equal(text('ab😀', { string: 3 }), '"ab…(+2)"', 'a pair is not split')
  t.equal(text('ab😀c', { string: 4 }), '"ab😀…(+1)"')
})

t.test('bytes: the whole copy stops growing', async t => {
  const value = Array.from({ length: 100 }, (_, i) => ({ text: 'x'.repeat(i) }))
  const copy = text(value, { bytes: 1000 })
  t.ok(copy.length < 2000, `${copy.length} characters`)
  t.match(copy, /\{"\$truncated":\d+\}\]$/)
})

t.test('shared objects cannot multiply without bound', async t => {
  let value: unknown = { leaf: 1 }
  for (let i = 0; i < 11; i++) value = Array(50).fill(value)
  t.ok(text(value).length < 4 * DEFAULT_LIMITS.bytes)
})

t.test('a depth of 10,000 is cut', async t => {
  let value: unknown = 1
  for (let i = 0; i < 10_000; i++) value = { a: value }
  t.match(text(value), '{"$truncated":"depth"}')
})

t.test('a million keys, a sparse array, a text of 16 MB are cut', async t => {
  const wide: Record<string, number> = {}
  for (let i = 0; i < 1e6; i++) wide[`key${i}`] = i
  t.match(text(wide), '"$truncated":999800')
  const sparse: unknown[] = []
  sparse[4e9] = 1
  t.match(text(sparse), `{"$truncated":${4e9 + 1 - 100}}`)
  t.match(text('x'.repeat(2 ** 24)), `…(+${2 ** 24 - 1024})`)
})
