import { join } from 'node:path'
import t from 'tap'
import { startHttpReceiver } from '../../fixtures/http-receiver.ts'
import {
  dropsOf,
  idsOf,
  numbers,
  writeRecords,
} from '../../fixtures/network-child.ts'

const OTLP = { class: 'otlp' }

for (const end of ['natural', 'exit', 'exit in a SIGTERM handler']) {
  t.test(`10000 records arrive before the end: ${end}`, async t => {
    const { address, received } = await startHttpReceiver(t)
    const handler = { ...OTLP, endpoint: address, headers: { 'x-who': 'me' } }
    const { code, stderr } = await writeRecords(handler, 10_000, end)
    t.equal(code, 0)
    t.equal(stderr, '')
    t.same(idsOf(received.flatMap(({ bodies }) => bodies)), numbers(10_000))
    t.match(received[0], {
      path: '/v1/logs',
      headers: {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'x-who': 'me',
      },
    })
  })
}

t.test('a few records wait for more no longer than their delay', async t => {
  const { address, received } = await startHttpReceiver(t)
  const handler = { ...OTLP, endpoint: address }
  // what had not been sent then is lost
  await writeRecords(handler, 5, 'SIGKILL in a later tick')
  t.same(idsOf(received.flatMap(({ bodies }) => bodies)), numbers(5))
})

t.test('a receiver says when to come back, and is heard', async t => {
  const replies = [
    { status: 503, headers: { 'retry-after': '1' } },
    { status: 429, headers: { 'retry-after': '2' } },
  ]
  const { address, received } = await startHttpReceiver(
    t,
    request => replies[request - 1] ?? { status: 200 },
  )
  const handler = { ...OTLP, endpoint: address, compress: 'none' }
  const { stderr } = await writeRecords(handler, 5, 'in five seconds')
  const [first = 0, second = 0, third = 0] = received.map(({ at }) => at)
  t.ok(second - first >= 990, 'a second')
  t.ok(third - second >= 1990, 'two seconds')
  t.equal(received.length, 3)
  t.same(idsOf(received[2]?.bodies ?? []), numbers(5))
  t.match(stderr, /The receiver answered 503/)
  t.notMatch(stderr, /MONGOWATCH_DROP/)
})

for (const [reply, name] of [
  [{ status: 503 }, 'that refuses'],
  [{ status: 429, headers: { 'retry-after': '1' } }, 'that asks for a pause'],
  [{ status: 0 }, 'that breaks a connection'],
] as const) {
  t.test(`at the end a receiver ${name} once gets everything`, async t => {
    const { address, received } = await startHttpReceiver(t, request =>
      request === 1 ? reply : { status: 200 },
    )
    const handler = { ...OTLP, endpoint: address }
    const { stderr } = await writeRecords(handler, 5)
    t.notMatch(stderr, /MONGOWATCH_DROP/)
    t.same(idsOf(received[1]?.bodies ?? []), numbers(5))
  })
}

t.test('what a receiver rejects is counted and reported', async t => {
  const body = JSON.stringify({
    partialSuccess: { rejectedLogRecords: '2', errorMessage: 'too old' },
  })
  const { address, received } = await startHttpReceiver(t, request =>
    request === 1 ? { status: 200, body } : { status: 200 },
  )
  const handler = { ...OTLP, endpoint: address }
  const { code, stderr } = await writeRecords(handler, 5)
  t.equal(code, 0)
  t.match(stderr, /rejected 2 records: too old/)
  const drops = dropsOf(received.flatMap(({ bodies }) => bodies))
  t.match(drops, [
    { count: 2, reason: 'The receiver rejected 2 records: too old' },
  ])
})

t.test('a batch that is too large is sent in halves', async t => {
  const { address, received } = await startHttpReceiver(
    t,
    (_request, { bodies }) => ({ status: bodies.length > 3 ? 413 : 200 }),
  )
  const taken = () => received.filter(({ bodies }) => bodies.length <= 3)
  const handler = { ...OTLP, endpoint: address }
  const { code, stderr } = await writeRecords(handler, 20)
  t.equal(code, 0)
  t.equal(stderr, '')
  const ids = idsOf(taken().flatMap(({ bodies }) => bodies))
  t.same(ids, numbers(20), 'each once, in their order')
})

t.test('a record that is too large costs itself and no other', async t => {
  const isLarge = (body: string) => JSON.parse(body).WatchID === '7'
  const { address, received } = await startHttpReceiver(
    t,
    (_request, { bodies }) => ({ status: bodies.some(isLarge) ? 413 : 200 }),
  )
  const handler = { ...OTLP, endpoint: address }
  const { code, stderr } = await writeRecords(handler, 20)
  t.equal(code, 0)
  t.match(stderr, /The receiver answered 413/)
  const bodies = received
    .filter(({ bodies }) => !bodies.some(isLarge))
    .flatMap(({ bodies }) => bodies)
  t.same(
    idsOf(bodies),
    numbers(20).filter(id => id !== 7),
  )
  t.match(dropsOf(bodies), [{ count: 1, reason: /answered 413/ }])
})

t.test('a request that is wrong is not repeated', async t => {
  const { address, received } = await startHttpReceiver(t, () => ({
    status: 401,
    body: '{"message":"no token"}',
  }))
  const { code, stderr } = await writeRecords({ ...OTLP, endpoint: address }, 5)
  t.equal(code, 0)
  t.match(stderr, /lost 5 records: The receiver answered 401: no token/)
  t.equal(idsOf(received.flatMap(({ bodies }) => bodies)).length, 5)
})

t.test('a receiver that never answers holds nobody for long', async t => {
  const { address } = await startHttpReceiver(t, () => undefined)
  const handler = { ...OTLP, endpoint: address }
  const { code, stderr } = await writeRecords(handler, 100, 'exit')
  t.equal(code, 0)
  t.match(stderr, /lost 100 records: .*in time \(MONGOWATCH_DROP\)/)
})

t.test('a receiver that is not there costs a counted number', async t => {
  const handler = { ...OTLP, endpoint: 'http://127.0.0.1:9' }
  const { code, stderr } = await writeRecords(handler, 100)
  t.equal(code, 0)
  t.match(stderr, /127\.0\.0\.1:9\/v1\/logs cannot be reached: .*ECONNREFUSED/)
  t.match(stderr, /lost 100 records: .*ECONNREFUSED.*\(MONGOWATCH_DROP\)/)
})

t.test('what may be a secret of its address is not shown', async t => {
  const endpoint = 'http://audit:hunter2@127.0.0.1:9/x?api_key=hunter3'
  const { stderr } = await writeRecords({ ...OTLP, endpoint }, 5)
  t.match(stderr, /http:\/\/127\.0\.0\.1:9\/x cannot be reached/)
  t.notMatch(stderr, /hunter/)
})

for (const end of [
  'natural',
  'exit',
  'SIGKILL in a later tick',
  'SIGTERM in a later tick',
]) {
  t.test(`with a spool it costs nothing: ${end}`, async t => {
    const spool = { directory: join(t.testdir(), 'spool') }
    const down = { ...OTLP, endpoint: 'http://127.0.0.1:9', spool }
    await writeRecords(down, 2500, end)
    const { address, received } = await startHttpReceiver(t)
    const { code } = await writeRecords({ ...down, endpoint: address }, 1)
    t.equal(code, 0)
    const ids = idsOf(received.flatMap(({ bodies }) => bodies))
    t.same(ids, [...numbers(2500), 0], 'in their order, each once')
  })
}

t.test('a spool that cannot be made is told, and what it costs', async t => {
  const spool = { directory: '/dev/full/spool' }
  const handler = { ...OTLP, endpoint: 'http://127.0.0.1:9', spool }
  const { code, stderr } = await writeRecords(handler, 5)
  t.equal(code, 0)
  t.match(
    stderr,
    /^mongowatch: Handler audit: spool\.directory cannot be used: ENOTDIR: .*\/dev\/full\/spool/,
  )
  t.match(stderr, /lost 5 records/)
})

t.test('a spool that is full loses a counted number', async t => {
  const spool = { directory: join(t.testdir(), 'spool'), maxBytes: 1 }
  const batch = { maxRecords: 100 }
  const handler = { ...OTLP, endpoint: 'http://127.0.0.1:9', spool, batch }
  const { stderr } = await writeRecords(handler, 250)
  t.match(stderr, /lost 150 records: The spool is full/)
})
