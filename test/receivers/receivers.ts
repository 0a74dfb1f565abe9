import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { eventually } from '../fixtures/eventually.ts'
import { createAuthority } from '../fixtures/receivers/certificates.ts'
import { startCollector } from '../fixtures/receivers/collector.ts'
import { startRsyslog } from '../fixtures/receivers/rsyslog.ts'
import { writeSteadily } from '../fixtures/receivers/steady.ts'
import { socketPath } from '../fixtures/socket-path.ts'

const COUNT = 1000
const HOST = '127.0.0.1'

t.test('a Collector gets records with their fields', async t => {
  const folder = t.testdir()
  const collector = await startCollector(t, folder, 14_328)
  const handler = { class: 'otlp', endpoint: `http://${HOST}:14328` }
  const { code, stderr } = await writeSteadily(
    folder,
    { col: handler },
    COUNT,
    1e6,
  )
  t.equal(code, 0)
  t.equal(stderr, '')
  await eventually('all records', () => collector.records().length === COUNT)
  t.match(collector.records()[7], {
    severityText: 'INFO',
    eventName: 'mongowatch.operation',
    attributes: {
      'db.system.name': 'mongodb',
      'db.operation.name': 'insertOne',
      'mongowatch.watch_id': 'record-7',
      'mongowatch.outcome': 'success',
      'mongowatch.seq': '8',
      'log.record.uid': 'record-7:final',
    },
  })
})

t.test('rsyslog gets messages by every protocol', async t => {
  const folder = t.testdir()
  const path = socketPath(t)
  const log = await startRsyslog(t, folder, {
    port: 15_524,
    udpPort: 15_525,
    path,
  })
  const handlers = {
    tcp: { class: 'syslog', protocol: 'tcp', host: HOST, port: 15_524 },
    udp: { class: 'syslog', host: HOST, port: 15_525, formatter: 'udp' },
    unix: { class: 'syslog', protocol: 'unix', path, formatter: 'unix' },
    text: {
      class: 'syslog',
      protocol: 'tcp',
      host: HOST,
      port: 15_524,
      formatter: 'json',
    },
  }
  const formatters = {
    json: { type: 'json' },
    udp: { type: 'rfc5424', app_name: 'by-udp' },
    unix: { type: 'rfc5424', app_name: 'by-unix' },
  }
  const { code, stderr } = await writeSteadily(
    folder,
    handlers,
    COUNT,
    1e6,
    formatters,
  )
  t.equal(code, 0)
  t.equal(stderr, '')
  const countOf = (kind: RegExp) =>
    log.messages().filter(text => kind.test(text)).length
  const counts = () => ({
    tcp: countOf(/ mongowatch \S+ \S+ \[/),
    udp: countOf(/ by-udp /),
    unix: countOf(/ by-unix /),
    text: countOf(/"WatchID"/),
  })
  const all = { tcp: COUNT, udp: COUNT, unix: COUNT, text: COUNT }
  await eventually('all messages', () => log.messages().length === 4 * COUNT)
    // Which protocol lacks some is what a reader of the failure needs.
    .catch(() => {})
  t.same(counts(), all)
  const structured = log
    .messages()
    .filter(text => text.includes('[mongowatch@32473 WatchID="record-7" '))
  t.equal(structured.length, 3)
  const byTcp = structured.filter(text => / mongowatch /.test(text))
  t.match(byTcp[0], /^<110>1 \S+Z \S+ mongowatch \S+ insertOne \[/)
  const json = log
    .messages()
    .filter(text => text.includes('"WatchID":"record-7"'))
  t.equal(json.length, 1)
})

t.test('TLS: a Collector', async t => {
  const folder = t.testdir()
  const { ca, sign } = createAuthority(folder)
  const server = sign('collector', `IP:${HOST}`)
  const client = sign('client', 'DNS:client')
  const collector = await startCollector(t, folder, 14_338, {
    cert_file: server.cert,
    key_file: server.key,
    client_ca_file: ca,
  })
  const endpoint = `https://${HOST}:14338`
  const tryWith = (tls: object, to = endpoint) =>
    writeSteadily(
      folder,
      { col: { class: 'otlp', endpoint: to, tls } },
      10,
      1e6,
    )

  const stranger = await tryWith(client)
  t.equal(stranger.code, 0)
  t.match(
    stranger.stderr,
    /The certificate of https:\S+ is not trusted: .+ \(\w+\)/,
  )
  t.match(stranger.stderr, /lost 10 records/)

  const misnamed = await tryWith({ ca, ...client, server_name: 'other' })
  t.match(misnamed.stderr, /is not trusted: .*(other|altname).*/)

  const anonymous = await tryWith({ ca })
  t.match(anonymous.stderr, /cannot be reached: .*certificate required/)

  const missing = await tryWith({ ca: join(folder, 'none.pem') })
  t.match(missing.stderr, /tls\.ca: ENOENT.*none\.pem/)

  const trusted = await tryWith({ ca, ...client })
  t.equal(trusted.stderr, '')
  await eventually('the records', () => collector.records().length === 10)
})

t.test('TLS: rsyslog', async t => {
  const folder = t.testdir()
  const { ca, sign } = createAuthority(folder)
  const server = sign('log', `IP:${HOST}`)
  const log = await startRsyslog(t, folder, {
    port: 15_534,
    tls: { ca, ...server },
  })
  const handler = { class: 'syslog', protocol: 'tls', host: HOST, port: 15_534 }
  const refused = await writeSteadily(folder, { log: handler }, 10, 1e6)
  t.match(
    refused.stderr,
    /The certificate of tls:\S+ is not trusted: .+ \(\w+\)/,
  )
  const trusted = { ...handler, tls: { ca } }
  const { stderr } = await writeSteadily(folder, { log: trusted }, COUNT, 1e6)
  t.equal(stderr, '')
  await eventually('all messages', () => log.messages().length === COUNT)
})

t.test(
  'a receiver that comes back gets what an earlier process left',
  async t => {
    const folder = t.testdir()
    mkdirSync(join(folder, 'data'))
    const spool = { directory: join(folder, 'spool') }
    const handler = { class: 'otlp', endpoint: `http://${HOST}:14348`, spool }
    const away = await writeSteadily(folder, { col: handler }, COUNT, 1e6)
    t.equal(away.code, 0)
    t.notMatch(away.stderr, /MONGOWATCH_DROP/)
    const collector = await startCollector(t, join(folder, 'data'), 14_348)
    await writeSteadily(folder, { col: handler }, 1, 1e6)
    await eventually(
      'all records',
      () => collector.records().length === COUNT + 1,
    )
  },
)
