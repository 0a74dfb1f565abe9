import t from 'tap'
import { createWatchIds } from '../../src/record/watch-id.ts'

t.test('a WatchID is 24 hex digits and begins with the second', async t => {
  const next = createWatchIds()
  const id = next(0x65a1b2c3 * 1000 + 999)
  t.match(id, /^65a1b2c3[0-9a-f]{16}$/)
})

t.test('WatchIDs of one thread never repeat', async t => {
  const next = createWatchIds()
  const ids = new Set<string>()
  for (let i = 0; i < 100_000; i++) ids.add(next(1000))
  t.equal(ids.size, 100_000)
})

t.test('the counter wraps without changing the length', async t => {
  const next = createWatchIds(() => Buffer.from('0102030405fffffe', 'hex'))
  t.equal(next(0), '000000000102030405ffffff')
  t.equal(next(0), '000000000102030405000000')
})
