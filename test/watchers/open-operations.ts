import t from 'tap'
import {
  type OpenOperation,
  OpenOperations,
} from '../../src/watchers/open-operations.ts'

interface Entry extends OpenOperation {
  calls: string[]
}

function entry(startedAt: number, timeoutMS: number, calls: string[]): Entry {
  return {
    newer: undefined,
    older: undefined,
    isOpen: false,
    client: undefined,
    startedAt,
    timeoutMS,
    calls,
    timedOut: () => calls.push('timedOut'),
    exit: () => calls.push('exit'),
    sweep: () => calls.push('sweep'),
  }
}

const waitForSweeps = (count: number) =>
  new Promise(resolve => setTimeout(resolve, count * 500 + 250))

t.test('what began is open until it is removed, newest first', async t => {
  const open = new OpenOperations({ monotonic: () => 0, wall: () => 0 })
  const [a, b, c] = [0, 1, 2].map(i => entry(i, 1000, []))
  if (!a || !b || !c) throw new Error('three')
  for (const operation of [a, b, c]) open.add(operation)
  t.same([...open], [c, b, a])
  open.remove(b)
  open.remove(b)
  t.same([...open], [c, a])
  t.equal(open.size, 2)
  open.remove(c)
  open.remove(a)
  t.same([...open], [])
})

t.test('a timeout is told once, and the operation stays open', async t => {
  let now = 0
  const open = new OpenOperations({ monotonic: () => now, wall: () => 0 })
  const early = entry(0, 1000, [])
  const late = entry(0, 5000, [])
  open.add(early)
  open.add(late)
  now = 1000
  const keepAlive = setInterval(() => {}, 1000)
  await waitForSweeps(3)
  clearInterval(keepAlive)
  t.same(
    early.calls.filter(call => call === 'timedOut'),
    ['timedOut'],
  )
  t.ok(early.calls.filter(call => call === 'sweep').length >= 2)
  t.notMatch(late.calls, ['timedOut'])
  t.equal(open.size, 2)
  open.exit()
})

t.test('at exit everything ends, the oldest first', async t => {
  const open = new OpenOperations({ monotonic: () => 0, wall: () => 0 })
  const order: number[] = []
  for (const i of [1, 2, 3]) {
    open.add({ ...entry(i, 1000, []), exit: () => order.push(i) })
  }
  open.exit()
  t.same(order, [1, 2, 3])
  t.equal(open.size, 0)
})

t.test('an operation that fails to end does not keep the others', async t => {
  const open = new OpenOperations({ monotonic: () => 0, wall: () => 0 })
  const calls: string[] = []
  open.add({
    ...entry(1, 1000, []),
    exit() {
      throw new Error('broken')
    },
  })
  open.add(entry(2, 1000, calls))
  open.exit()
  t.same(calls, ['exit'])
})
