import { createSocket } from 'node:dgram'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { runBareNode } from '../fixtures/bare-node.ts'

const CHILD = join(__dirname, '../fixtures/outputs-exit.cjs')
const WILD = join(__dirname, '../fixtures/wild-transports.cjs')

/** Emits records to one transport and ends; says how the process went. */
function runWith(handler: object, count: number, end = 'natural') {
  const args = [CHILD, JSON.stringify(handler), String(count), end]
  const { status, stdout, stderr } = runBareNode(args)
  return { status, stdout, stderr }
}

function records(filename: string): Record<string, unknown>[] {
  const lines = readFileSync(filename, 'utf8').trim().split('\n')
  return lines.map(line => JSON.parse(line))
}

function ids(filename: string): number[] {
  return records(filename)
    .filter(({ Operation }) => Operation !== '$drop')
    .map(({ WatchID }) => Number(WatchID))
}

const everyId = Array.from({ length: 10_000 }, (_, i) => i)

for (const end of ['natural', 'exit', 'exit in a SIGTERM handler']) {
  t.test(`winston.transports.File keeps 10000 records: ${end}`, async t => {
    const filename = join(t.testdir(), 'winston.log')
    const handler = {
      class: 'winston.transports.File',
      options: { filename },
    }
    const { status, stderr } = runWith(handler, 10_000, end)
    t.equal(status, 0)
    t.equal(stderr, '')
    t.same(ids(filename), everyId)
  })
}

t.test('an uncaught exception loses nothing either', async t => {
  const filename = join(t.testdir(), 'winston.log')
  const handler = { class: 'winston.transports.File', options: { filename } }
  const { status, stderr } = runWith(handler, 10_000, 'uncaught exception')
  t.equal(status, 1)
  t.match(stderr, /on purpose/)
  t.same(ids(filename), everyId)
})

t.test('a transport keeps no process alive', async t => {
  const filename = join(t.testdir(), 'kept.log')
  const handler = { module: WILD, export: 'KeepsAlive', options: { filename } }
  const { status, stderr } = runWith(handler, 3)
  t.equal(status, 0)
  t.equal(stderr, '')
  t.same(ids(filename), [0, 1, 2])
})

for (const [name, reason] of Object.entries({
  ThrowsLater: 'thrown later',
  RejectsLater: 'rejected later',
  Exits: 'The thread of the transport ended',
  Spins: 'The transport did not confirm it in time',
  EatsMemory: 'The transport did not confirm it in time',
})) {
  t.test(`${name}: the process ends as it would, losses are said`, async t => {
    const { status, stderr } = runWith({ module: WILD, export: name }, 3)
    t.equal(status, 0)
    t.match(stderr, /Handler audit lost 3 records: .+ \(MONGOWATCH_DROP\)/)
    t.match(stderr, reason)
  })
}

t.test('a thread that dies costs the record it was at', async t => {
  const filename = join(t.testdir(), 'kept.log')
  const options = { filename }
  const handler = { module: WILD, export: 'DiesNowAndThen', options }
  t.equal(runWith(handler, 100).status, 0)
  t.same(ids(filename), everyId.slice(0, 100), 'none is missing, none twice')
  const drops = records(filename).filter(
    ({ Operation }) => Operation === '$drop',
  )
  t.match(
    drops.map(({ Options }) => Options),
    [{ count: 1 }, { count: 1 }],
    'though it cannot know that these two arrived',
  )
})

t.test('a socket does not either, and gets everything', async t => {
  const socket = createSocket('udp4')
  const received: string[] = []
  socket.on('message', message => received.push(message.toString()))
  await new Promise<void>(resolve => socket.bind(0, '127.0.0.1', resolve))
  t.teardown(() => socket.close())
  const { port } = socket.address()
  const options = { host: '127.0.0.1', port, protocol: 'udp4' }
  const handler = { module: 'winston-syslog', export: 'Syslog', options }
  const { status, stderr } = runWith(handler, 20)
  t.equal(status, 0)
  t.equal(stderr, '')
  await new Promise(resolve => setTimeout(resolve, 100))
  t.equal(received.length, 20)
})
