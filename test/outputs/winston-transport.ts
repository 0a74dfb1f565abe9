import { join } from 'node:path'
import t from 'tap'
import { moduleTransport } from '../../src/outputs/transport-class.ts'
import { WinstonDestination } from '../../src/outputs/winston-transport.ts'

const MODULE = join(__dirname, '../fixtures/misbehaving-transports.cjs')
const { state } = require(MODULE)

interface Options {
  readonly maxRecords?: number
  readonly onSettled?: (error: string | undefined) => void
}

/** A destination with a clock that stands still until it is moved. */
function setUp(name: string, { maxRecords = 10, onSettled }: Options = {}) {
  state.reset()
  let now = 0
  const destination = new WinstonDestination(
    {
      create: moduleTransport(MODULE, name, {}),
      buffer: {
        maxRecords,
        maxBytes: 10_000,
        onFull: 'drop_old',
      },
      ...(onSettled && { onSettled }),
    },
    { name: 'mine', dropLine: loss => `lost ${loss.count}: ${loss.reason}` },
    { monotonic: () => now, wall: () => now },
  )
  const later = (milliseconds: number) => {
    now += milliseconds
    destination.flush()
  }
  return { destination, later }
}

t.test('lines arrive in order, in one transport', async t => {
  const { destination } = setUp('Good')
  t.equal(state.made(), 0, 'it is not made before the first line')
  for (const line of ['a', 'b', 'c']) destination.write(line, 'info')
  t.same(state.taken, ['a', 'b', 'c'])
  t.equal(state.made(), 1)
  t.match(destination.tally, { written: 3, lost: 0 })
})

for (const { name, message } of [
  { name: 'ThrowsInConstructor', message: 'broken constructor' },
  { name: 'ThrowsInLog', message: 'broken log' },
  { name: 'FailsInCallback', message: 'broken callback' },
]) {
  t.test(`${name}: nobody hears, and the line is tried again`, async t => {
    const { destination, later } = setUp(name)
    t.doesNotThrow(() => destination.write('a', 'info'))
    destination.write('b', 'info')
    t.match(destination.tally, { written: 0, lost: 0 })
    t.equal(destination.pending, 2)
    state.mend()
    later(99)
    t.equal(destination.pending, 2, 'not before the end of the back-off')
    later(1)
    t.same(state.taken, ['a', 'b'])
    t.match(destination.tally, { written: 2, lost: 0 })
  })

  t.test(`${name}: a line that never goes is given up`, async t => {
    const { destination, later } = setUp(name)
    destination.write('a', 'info')
    destination.write('b', 'info')
    for (let i = 0; i < 8; i++) later(5_000)
    t.equal(destination.tally.lost, 0)
    later(5_000)
    t.equal(destination.tally.lost, 1)
    state.mend()
    later(5_000)
    t.same(state.taken, [`lost 1: ${message}`, 'b'])
    t.match(destination.tally, { written: 1, lost: 1, unreported: undefined })
    destination.close()
  })
}

t.test('who is told of each line reports what is lost', async t => {
  const settled: (string | undefined)[] = []
  const onSettled = (error: string | undefined) => settled.push(error)
  const { destination, later } = setUp('FailsInCallback', { onSettled })
  destination.write('a', 'info')
  for (let i = 0; i < 9; i++) later(5_000)
  state.mend()
  destination.write('b', 'info')
  later(60_000)
  t.same(settled, ['broken callback', undefined])
  t.same(state.taken, ['b'], 'and no report besides')
})

t.test('EmitsError: nobody else hears it, the line counts', async t => {
  const { destination, later } = setUp('EmitsError')
  t.doesNotThrow(() => destination.write('a', 'info'))
  state.mend()
  destination.write('b', 'info')
  later(10_000)
  t.same(state.taken, ['a', 'b'])
  t.match(destination.tally, { written: 2, lost: 0 })
})

t.test('NeverCallsBack: the buffer is bounded, losses counted', async t => {
  const { destination, later } = setUp('NeverCallsBack', { maxRecords: 3 })
  for (let i = 0; i < 100; i++) destination.write(`line ${i}`, 'info')
  t.equal(destination.pending, 4, 'three wait, one is with the transport')
  t.match(destination.tally, { written: 0, lost: 96 })
  later(29_999)
  t.equal(destination.pending, 4)
  state.mend()
  later(1)
  t.equal(destination.tally.lost, 97, 'the one with the transport is given up')
  later(100)
  t.same(state.taken.slice(-3), ['line 97', 'line 98', 'line 99'])
  t.equal(state.made(), 2)
})

t.test('CallsBackLate: later than patience changes nothing', async t => {
  const { destination, later } = setUp('CallsBackLate')
  destination.write('a', 'info')
  destination.write('b', 'info')
  later(30_000)
  state.mend()
  state.callbacks[0]()
  t.match(destination.tally, { written: 0, lost: 1 })
  later(100)
  t.match(destination.tally, { written: 1, lost: 1 })
})

t.test('CallsBackLate: within patience nothing is lost', async t => {
  const { destination, later } = setUp('CallsBackLate')
  for (const line of ['a', 'b', 'c']) destination.write(line, 'info')
  later(29_000)
  state.mend()
  state.callbacks[0]()
  t.same(state.taken, ['a', 'b', 'c'])
  t.match(destination.tally, { written: 3, lost: 0 })
})

t.test('CallsBackTwice: a line counts once', async t => {
  const { destination } = setUp('CallsBackTwice')
  for (const line of ['a', 'b']) destination.write(line, 'info')
  t.match(destination.tally, { written: 2, lost: 0 })
})

t.test('ThrowsInClose: it is closed and nobody hears', async t => {
  const { destination } = setUp('ThrowsInClose')
  destination.write('a', 'info')
  t.doesNotThrow(() => destination.close())
  destination.write('b', 'info')
  t.match(destination.tally, { written: 1, lost: 1 })
})

t.test('what is not confirmed at the end is lost, and said', async t => {
  const { destination } = setUp('NeverCallsBack')
  for (const line of ['a', 'b', 'c']) destination.write(line, 'info')
  destination.close()
  t.match(destination.tally, { written: 0, lost: 3 })
  t.equal(
    destination.tally.unreported?.reason,
    'The transport did not confirm it in time',
  )
})

t.test('a module that cannot be found is said once and counted', async t => {
  const destination = new WinstonDestination(
    {
      create: moduleTransport('no-such-transport', 'default', {}),
      buffer: { maxRecords: 5, maxBytes: 10_000, onFull: 'drop_new' },
    },
    { name: 'mine', dropLine: () => 'lost' },
  )
  t.doesNotThrow(() => {
    for (let i = 0; i < 10; i++) destination.write('a', 'info')
  })
  t.equal(destination.pending, 6, 'one that failed, five that wait')
  t.equal(destination.tally.lost, 4)
  destination.close()
  t.equal(destination.tally.lost, 10)
})
