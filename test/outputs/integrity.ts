import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { verifyTrail } from '../../src/cli/verify/verify-trail.ts'
import { checkConfig } from '../../src/config/check-config.ts'
import {
  contents,
  startWriter,
  trailIn,
  writeChained,
} from '../fixtures/chained-files.ts'
import { runOnSmallDisk } from '../fixtures/small-disk.ts'

const CHAIN = { integrity: 'chain' }

t.setTimeout(300_000) // half a minute of work, also on a busy machine

for (const guarantee of ['batched', 'written', 'write_ahead']) {
  t.test(`killed writers, restarts and threads, ${guarantee}`, async t => {
    const folder = t.testdir()
    const filename = join(folder, 'audit.jsonl')
    const options = { ...CHAIN, guarantee, max_bytes: 200_000 }
    const writer = { filename, count: 1_000, options, pauseMs: 1 }
    for (let round = 0; round < 2; round++) {
      const victims = [writer, writer].map(startWriter)
      const ended = victims.map(victim => once(victim, 'close'))
      const others = writeChained(writer, { ...writer, threads: 2 })
      while (!existsSync(filename)) await sleep(10)
      await sleep(60)
      for (const victim of victims) victim.kill('SIGKILL')
      await others
      await Promise.all(ended)
    }
    const { fault, files, writers } = await verifyTrail(
      trailIn(folder),
      undefined,
    )
    t.equal(fault, undefined)
    t.ok(files > 1, 'it was rotated')
    t.ok(writers >= 6, `${writers} writers`)
  })
}

t.test('logrotate renames the file: nothing is missing', async t => {
  const folder = t.testdir()
  const filename = join(folder, 'audit.jsonl')
  const options = { ...CHAIN, guarantee: 'written' }
  const writer = { filename, count: 1_500, options, pauseMs: 2 }
  const done = writeChained(writer, writer)
  for (let i = 1; i <= 3; i++) {
    while (!existsSync(filename)) await sleep(5)
    await sleep(40)
    renameSync(filename, `${filename}.${i}`)
    if (i === 2) writeFileSync(filename, '') // as its `create` does
  }
  await done
  const files = trailIn(folder)
  const { fault, notes, writers } = await verifyTrail(files, undefined)
  t.same([fault, notes, writers], [undefined, [], 2])
  const records = files.flatMap(file =>
    `${contents(file)}`.split('\n').filter(line => line.includes('"WatchID"')),
  )
  t.equal(records.length, 3_000)
})

t.test('copytruncate: what was lost in between is missed', async t => {
  const folder = t.testdir()
  const filename = join(folder, 'audit.jsonl')
  const writer = { filename, count: 20, options: CHAIN }
  await writeChained(writer)
  copyFileSync(filename, `${filename}.1`)
  truncateSync(filename)
  await writeChained(writer)
  const whole = await verifyTrail(trailIn(folder), undefined)
  t.equal(whole.fault, undefined, 'nothing was')

  appendFileSync(filename, '')
  const text = readFileSync(filename, 'utf8').split('\n')
  text.splice(5, 2)
  writeFileSync(filename, text.join('\n'))
  const { fault } = await verifyTrail(trailIn(folder), undefined)
  t.equal(fault?.kind, 'removed')
})

t.test('a file begun without integrity is moved away', async t => {
  const folder = t.testdir({ 'audit.jsonl': '{"Operation":"find"}\n' })
  const filename = join(folder, 'audit.jsonl')
  await writeChained({ filename, count: 5, options: CHAIN })
  const [old = '', live = ''] = trailIn(folder)
  t.equal(readFileSync(old, 'utf8'), '{"Operation":"find"}\n')
  t.match(await verifyTrail([live], undefined), { fault: undefined })
})

t.test(
  'a full disk, then free again: the chain holds, $drop in it',
  async t => {
    const folder = join(t.testdir(), 'disk')
    mkdirSync(folder)
    const script = join(__dirname, '../fixtures/outputs-full-verify.cjs')
    for (const queue of [
      { maxRecords: 500 },
      { maxRecords: 500, onFull: 'drop_new' },
    ]) {
      const options = JSON.stringify({ queue, ...CHAIN })
      const args = [script, folder, options, '1500000', '3000']
      const ran = runOnSmallDisk(folder, 2_000, args)
      if (ran === undefined) return t.comment('NOT RUN: no small file system')
      t.match(
        ran.stdout,
        /^dropped [1-9]\d*\nintact: 1 file, \d+ lines, 1 writer\n/,
      )
      t.notMatch(ran.stdout, /note: .*stops/)
    }
  },
)

t.test('what cannot be sealed is a mistake of the configuration', async t => {
  const folder = t.testdir()
  const file = join(folder, 'mongowatch.json')
  const filename = join(folder, 'audit.jsonl')
  const mistake = (options: object, formatters = {}) => {
    const audit = { class: 'file', filename, ...options }
    const config = { version: 1, formatters, handlers: { audit } }
    writeFileSync(file, JSON.stringify(config))
    const { text, ok } = checkConfig([file])
    return ok ? '' : text
  }
  for (const type of ['csv', 'cef', 'logfmt', 'rfc5424']) {
    const formatters = { rows: { type } }
    t.match(
      mistake({ ...CHAIN, formatter: 'rows' }, formatters),
      new RegExp(`whose lines can carry a hash; rows is of type ${type}`),
    )
  }
  t.match(
    mistake({ integrity: 'hmac' }),
    /at least 16 bytes for integrity: hmac/,
  )
  const short = { integrity: 'hmac', integrity_key: '0123456789abcde' }
  t.match(mistake(short), /at least 16 bytes/)
  t.match(mistake({ integrity_key: 'x' }), /only integrity: hmac has a key/)
  for (const type of ['json', 'ecs', 'otel', 'ocsf', 'mongo-audit']) {
    const formatters = { rows: { type } }
    t.equal(mistake({ ...CHAIN, formatter: 'rows' }, formatters), '')
  }
})

t.test('every format that can be sealed can be verified', async t => {
  for (const type of ['json', 'ecs', 'otel', 'ocsf', 'mongo-audit']) {
    const folder = t.testdir()
    const filename = join(folder, 'audit.jsonl')
    const formatters = { rows: { type } }
    const options = { ...CHAIN, formatter: 'rows' }
    await writeChained({ filename, count: 50, options, formatters })
    const { fault, lines } = await verifyTrail([filename], undefined)
    t.equal(fault, undefined, type)
    t.equal(lines, 53)
    for (const line of readFileSync(filename, 'utf8').trim().split('\n')) {
      JSON.parse(line)
    }
  }
})

t.test('anybody can compute a hash', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  await writeChained({ filename, count: 1, options: CHAIN })
  const line = readFileSync(filename, 'utf8').split('\n')[2] ?? ''
  const [body = '', end] = line.split(',"Hash":')
  const { stdout } = spawnSync('sha256sum', { input: body, encoding: 'utf8' })
  t.equal(end, `"${stdout.slice(0, 64)}"}`)
})
