import t from 'tap'
import { retryDelay } from '../../../src/outputs/network/retry-delay.ts'

t.test('the delay doubles up to ten seconds', async t => {
  const delays = [1, 2, 3, 6, 7, 50].map(n => retryDelay(n, 0, () => 0))
  t.same(delays, [250, 500, 1000, 8000, 10_000, 10_000])
})

t.test('at most a half is taken off at random', async t => {
  t.equal(
    retryDelay(3, 0, () => 1),
    500,
  )
})

t.test('a receiver that asks for more time gets it', async t => {
  t.equal(
    retryDelay(1, 3_600_000, () => 0),
    3_600_000,
  )
  t.equal(
    retryDelay(8, 1000, () => 0),
    10_000,
  )
})

t.test('no time is so long that a timer would not wait at all', async t => {
  t.equal(
    retryDelay(1, 99_999_999_000, () => 0),
    2 ** 31 - 1,
  )
})
