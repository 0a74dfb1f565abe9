import t from 'tap'
import { WatchQueue } from '../../src/queue/watch-queue.ts'
import { AuditRecord } from '../../src/record/record.ts'

function iteration(watchId: string, n: number): AuditRecord {
  const record = new AuditRecord(
    'mongowatch.cursor',
    'find',
    watchId,
    new Date(0),
  )
  record.Iteration = n
  return record
}

function setUp(options: ConstructorParameters<typeof WatchQueue>[0]) {
  const released: string[] = []
  const lost: string[] = []
  let now = 0
  const queue = new WatchQueue(
    options,
    ({ WatchID, Iteration }) => released.push(`${WatchID}:${Iteration}`),
    reason => lost.push(reason),
    { monotonic: () => now, wall: () => 0 },
  )
  const at = (time: number) => {
    now = time
  }
  return { queue, released, lost, at }
}

t.test('only the newest iteration of an operation is let go', async t => {
  const { queue, released } = setUp({})
  queue.hold(iteration('a', 0))
  queue.hold(iteration('b', 0))
  queue.hold(iteration('a', 1))
  queue.releaseAll()
  t.same(released, ['a:1', 'b:0'])
  t.equal(queue.size, 0)
})

t.test('a held iteration is as it was when it was held', async t => {
  const { queue, released } = setUp({})
  const live = iteration('a', 0)
  queue.hold(live)
  live.Iteration = 5
  queue.releaseAll()
  t.same(released, ['a:0'])
})

t.test('a forgotten operation is not let go', async t => {
  const { queue, released } = setUp({})
  queue.hold(iteration('a', 0))
  queue.forget('a')
  queue.forget('unknown')
  queue.releaseAll()
  t.same(released, [])
})

t.test('an open operation is let go after forcedDelaySec', async t => {
  const { queue, released, at } = setUp({ forcedDelaySec: 0.01 })
  queue.hold(iteration('a', 0))
  at(5)
  queue.hold(iteration('a', 1))
  queue.hold(iteration('b', 0))
  at(12)
  await new Promise(resolve => setTimeout(resolve, 30))
  t.equal(released[0], 'a:1', 'the delay counts from the first iteration held')
  at(30)
  await new Promise(resolve => setTimeout(resolve, 30))
  t.same(released, ['a:1', 'b:0'])
})

for (const { onFull, released, lost } of [
  { onFull: 'drop_old', released: ['b:0', 'c:0'], lost: 1 },
  { onFull: 'drop_new', released: ['a:0', 'b:0'], lost: 1 },
  { onFull: 'block', released: ['a:0', 'b:0', 'c:0'], lost: 0 },
] as const) {
  t.test(`a full queue with ${onFull}`, async t => {
    const set = setUp({ maxRecords: 2, onFull })
    for (const id of ['a', 'b', 'c']) set.queue.hold(iteration(id, 0))
    t.equal(set.queue.size, 2)
    set.queue.releaseAll()
    t.same(set.released, released)
    t.equal(set.lost.length, lost)
  })
}

t.test('the queue is bounded in bytes, also when iterations grow', async t => {
  const { queue, lost } = setUp({ maxBytes: 10_000 })
  for (let i = 0; i < 5; i++) queue.hold(iteration(`id${i}`, 0))
  t.equal(lost.length, 0)
  const grown = iteration('id4', 1)
  grown.Filter = { text: 'x'.repeat(4_000) }
  queue.hold(grown)
  t.ok(queue.size < 5)
  t.equal(lost.length, 5 - queue.size)
})
