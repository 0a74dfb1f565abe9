import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import {
  collectorPath,
  startCollector,
} from '../fixtures/receivers/collector.ts'
import { startRsyslog } from '../fixtures/receivers/rsyslog.ts'
import { account, writeSteadily } from '../fixtures/receivers/steady.ts'

const COUNT = 20_000
const PER_SECOND = 500
const OUTAGE_MS = 30_000

const seconds = (milliseconds: number) =>
  new Promise(resolve => setTimeout(resolve, milliseconds))

/** The sum of what `$drop` records say. */
function reported(texts: readonly string[]): number {
  return texts
    .map(text => Number(/"?count\\*"?:(\d+)/.exec(text)?.[1] ?? 0))
    .reduce((sum, count) => sum + count, 0)
}

t.test('receivers that are away for 30 s', async t => {
  await collectorPath()
  const folder = t.testdir()
  const [kept, bare] = ['kept', 'bare'].map(name => join(folder, name))
  if (kept === undefined || bare === undefined) throw new Error('no folder')
  for (const path of [kept, bare]) mkdirSync(path)
  const receivers = {
    kept: await startCollector(t, kept, 14_318),
    bare: await startCollector(t, bare, 14_319),
    keptLog: await startRsyslog(t, kept, { port: 15_514 }),
    bareLog: await startRsyslog(t, bare, { port: 15_515 }),
  }
  const all = Object.values(receivers)
  const spool = { directory: join(folder, 'spool') }
  const queue = { max_records: 2000 }
  const syslog = { class: 'syslog', protocol: 'tcp', host: '127.0.0.1' }
  const writing = writeSteadily(
    folder,
    {
      kept: { class: 'otlp', endpoint: 'http://127.0.0.1:14318', spool },
      bare: { class: 'otlp', endpoint: 'http://127.0.0.1:14319', queue },
      kept_log: { ...syslog, port: 15_514, spool },
      bare_log: { ...syslog, port: 15_515, queue },
    },
    COUNT,
    PER_SECOND,
  )
  await seconds(3000)
  await Promise.all(all.map(({ stop }) => stop()))
  await seconds(OUTAGE_MS)
  await Promise.all(all.map(({ start }) => start()))
  const { code, stderr } = await writing
  t.equal(code, 0)
  t.comment(stderr)
  await Promise.all(all.map(({ stop }) => stop()))

  const otlpIds = (name: 'kept' | 'bare') =>
    receivers[name]
      .records()
      .map(({ attributes }) => attributes['mongowatch.watch_id'] ?? '')
  const logIds = (name: 'keptLog' | 'bareLog') =>
    receivers[name]
      .messages()
      .map(text => /WatchID="([^"]*)"/.exec(text)?.[1] ?? '')
  const drops = {
    bare: reported(
      receivers.bare
        .records()
        .filter(({ attributes }) => attributes['db.operation.name'] === '$drop')
        .map(({ attributes }) => attributes['mongowatch.options'] ?? ''),
    ),
    bareLog: reported(
      receivers.bareLog.messages().filter(text => text.includes(' $drop [')),
    ),
  }

  t.test('lose nothing with a spool', async t => {
    for (const [name, ids] of [
      ['otlp', otlpIds('kept')],
      ['syslog', logIds('keptLog')],
    ] as const) {
      const { found, doubled } = account(ids)
      t.comment(`${name}: ${found} of ${COUNT}, ${doubled} twice`)
      t.equal(found, COUNT, name)
    }
  })

  t.test('without a spool lose what $drop records say', async t => {
    for (const [name, ids, lost] of [
      ['otlp', otlpIds('bare'), drops.bare],
      ['syslog', logIds('bareLog'), drops.bareLog],
    ] as const) {
      const { found, doubled } = account(ids)
      t.comment(
        `${name}: ${found} of ${COUNT}, ${doubled} twice, $drop: ${lost}`,
      )
      t.ok(lost > 0, `${name}: the outage is longer than the queue`)
      t.equal(found + lost, COUNT, name)
    }
  })
})
