import { createSocket } from 'node:dgram'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { idsOf, numbers, writeRecords } from '../../fixtures/network-child.ts'
import { unframe } from '../../fixtures/octet-counting.ts'
import { socketPath } from '../../fixtures/socket-path.ts'

/** What stands after the header of messages that we made of JSON lines. */
const texts = (messages: readonly string[]) =>
  messages.map(message => message.slice(message.indexOf('{')))

/** A server that keeps what it reads. */
async function listen(
  t: Test,
  where: { port: number } | { path: string },
  onSocket: (socket: Socket, number: number) => void = () => {},
) {
  const streams: Buffer[][] = []
  const server: Server = createServer(socket => {
    const chunks: Buffer[] = []
    streams.push(chunks)
    socket.on('error', () => {})
    socket.on('data', chunk => chunks.push(chunk))
    socket.on('end', () => socket.end())
    onSocket(socket, streams.length)
  })
  await new Promise<void>(resolve => {
    server.listen({ ...where, host: '127.0.0.1' }, resolve)
  })
  t.teardown(() => server.close())
  const address = server.address()
  const port = Object(address).port as number
  const messages = () =>
    streams.flatMap(chunks => unframe(Buffer.concat(chunks)))
  return { port, messages }
}

for (const end of ['natural', 'exit']) {
  t.test(`tcp: 10000 messages arrive before the end: ${end}`, async t => {
    const { port, messages } = await listen(t, { port: 0 })
    const handler = {
      class: 'syslog',
      protocol: 'tcp',
      host: '127.0.0.1',
      port,
    }
    const { code, stderr } = await writeRecords(handler, 10_000, end)
    t.equal(code, 0)
    t.equal(stderr, '')
    t.same(idsOf(texts(messages())), numbers(10_000))
  })
}

t.test('unix: a stream socket', async t => {
  const path = socketPath(t)
  const { messages } = await listen(t, { path })
  const { stderr } = await writeRecords(
    { class: 'syslog', protocol: 'unix', path },
    100,
  )
  t.equal(stderr, '')
  t.same(idsOf(texts(messages())), numbers(100))
})

t.test('udp: one message per datagram', async t => {
  const socket = createSocket('udp4')
  const messages: string[] = []
  socket.on('message', message => messages.push(String(message)))
  await new Promise<void>(resolve => {
    socket.bind(0, '127.0.0.1', resolve)
  })
  t.teardown(() => socket.close())
  const { port } = socket.address()
  await writeRecords({ class: 'syslog', host: '127.0.0.1', port }, 100)
  t.same(idsOf(texts(messages)), numbers(100))
})

t.test('a connection that breaks gets the batch again', async t => {
  const { port, messages } = await listen(t, { port: 0 }, (socket, number) => {
    if (number === 1) socket.once('data', () => socket.resetAndDestroy())
  })
  const handler = { class: 'syslog', protocol: 'tcp', host: '127.0.0.1', port }
  const { stderr } = await writeRecords(handler, 100, 'in five seconds')
  t.match(stderr, /tcp:\/\/127\.0\.0\.1:\d+ cannot be reached/)
  t.notMatch(stderr, /MONGOWATCH_DROP/)
  t.same([...new Set(idsOf(texts(messages())))].sort(byNumber), numbers(100))
})

t.test('a receiver may close a connection that is idle', async t => {
  const { port, messages } = await listen(t, { port: 0 }, (socket, number) => {
    if (number === 1)
      socket.once('data', () => setTimeout(() => socket.end(), 600))
  })
  const handler = { class: 'syslog', protocol: 'tcp', host: '127.0.0.1', port }
  const { stderr } = await writeRecords(handler, 10, 'again later')
  t.equal(stderr, '')
  t.same(idsOf(texts(messages())), [...numbers(10), 0])
})

t.test('nobody there: counted, and with a spool kept', async t => {
  const port = 9
  const handler = { class: 'syslog', protocol: 'tcp', host: '127.0.0.1', port }
  const { stderr } = await writeRecords(handler, 100)
  t.match(stderr, /lost 100 records: .*ECONNREFUSED.*\(MONGOWATCH_DROP\)/)
  const spool = { directory: join(t.testdir(), 'spool') }
  const kept = await writeRecords({ ...handler, spool }, 100)
  t.notMatch(kept.stderr, /MONGOWATCH_DROP/)
  const server = await listen(t, { port: 0 })
  await writeRecords({ ...handler, spool, port: server.port }, 1)
  t.same(idsOf(texts(server.messages())), [...numbers(100), 0])
})

function byNumber(a: number, b: number): number {
  return a - b
}
