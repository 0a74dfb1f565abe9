import t from 'tap'
import { placeOf } from '../../src/filters/error-place.ts'

t.test('an error is its class and its place, not what it says', async t => {
  let error: unknown
  try {
    JSON.parse('secret')
  } catch (caught) {
    error = caught
  }
  const place = placeOf(error)
  t.match(place, /^SyntaxError at .*error-place\.ts:\d+:\d+$/)
  t.notMatch(place, /secret/)
  t.match(placeOf(new RangeError('')), /^RangeError at .*error-place\.ts/)
})

t.test('frames in a message are not taken for its place', async t => {
  const place = placeOf(new Error('secret\n    at x (/secret.js:1:2)\nmore'))
  t.match(place, /^Error at .*error-place\.ts:\d+:\d+$/)
  const changed = new Error('a')
  t.match(changed.stack, /^Error: a/, 'and is made now')
  changed.message = 'secret'
  t.equal(placeOf(changed), 'Error')
})

t.test('what is no error is its type', async t => {
  t.equal(placeOf('secret'), 'string was thrown')
  t.equal(placeOf(null), 'null was thrown')
})
