import { randomBytes } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import t from 'tap'
import { systemClock } from '../../src/clock.ts'
import { Compression } from '../../src/outputs/compression.ts'
import { removeOld } from '../../src/outputs/rotated-files.ts'
import { runBareNode } from '../fixtures/bare-node.ts'

const OLD = 'audit.jsonl.20200101T000000.000Z-1'

const alive = setInterval(() => {}, 1000) // compression keeps nobody alive
t.teardown(() => clearInterval(alive))

t.test('a rotated file is replaced by its compressed form', async t => {
  const text = `${'a line\n'.repeat(500_000)}the last\n`
  const dir = t.testdir({ 'audit.jsonl': 'in use', [OLD]: text })
  chmodSync(join(dir, OLD), 0o640)
  await new Compression(join(dir, 'audit.jsonl'), systemClock).run()
  t.same(readdirSync(dir).sort(), ['audit.jsonl', `${OLD}.gz`])
  const path = join(dir, `${OLD}.gz`)
  t.equal(gunzipSync(readFileSync(path)).toString(), text)
  t.equal(statSync(path).mode & 0o777, 0o640)
})

t.test('a file that was just rotated waits', async t => {
  const now = new Date().toISOString().replace(/[-:]/g, '')
  const dir = t.testdir({ [`audit.jsonl.${now}-1`]: 'x\n' })
  const compression = new Compression(join(dir, 'audit.jsonl'), systemClock)
  await compression.run()
  t.same(readdirSync(dir), [`audit.jsonl.${now}-1`])
  compression.close()
})

t.test('a name from the future keeps no file from its age', async t => {
  const late = 'audit.jsonl.29990101T000000.000Z-1'
  const dir = t.testdir({ [late]: 'x\n', [OLD]: 'x\n' })
  const filename = join(dir, 'audit.jsonl')
  const minuteLater = { ...systemClock, wall: () => Date.now() + 60_000 }
  await new Compression(filename, minuteLater).run()
  t.same(readdirSync(dir).sort(), [`${OLD}.gz`, `${late}.gz`])
  const now = minuteLater.wall()
  removeOld(filename, { backupCount: 0, maxAge: 120 }, now)
  t.same(readdirSync(dir), [`${late}.gz`])
  removeOld(filename, { backupCount: 0, maxAge: 30 }, now)
  t.same(readdirSync(dir), [])
})

t.test('a file that grows meanwhile is left as it is', async t => {
  const dir = t.testdir()
  const path = join(dir, OLD)
  writeFileSync(path, randomBytes(8_000_000).toString('base64'))
  const compression = new Compression(join(dir, 'audit.jsonl'), systemClock)
  const done = compression.run()
  const written = () =>
    statSync(`${path}.gz.tmp`, { throwIfNoEntry: false })?.size ?? 0
  while (written() === 0) await turn() // it has begun
  appendFileSync(path, 'a late line\n')
  await done
  compression.close()
  t.same(readdirSync(dir), [OLD])
  t.match(readFileSync(path, 'utf8'), /a late line\n$/)
})

t.test('two at once do the work once', async t => {
  const dir = t.testdir({ [OLD]: 'x\n'.repeat(1_000_000) })
  const [one, two] = ['', ''].map(
    () => new Compression(join(dir, 'audit.jsonl'), systemClock),
  )
  await Promise.all([one?.run(), two?.run()])
  t.same(readdirSync(dir), [`${OLD}.gz`])
  const bytes = readFileSync(join(dir, `${OLD}.gz`))
  t.equal(gunzipSync(bytes).length, 2_000_000)
})

t.test('what a killed process left is done again', async t => {
  const dir = t.testdir({ [OLD]: 'x\n', [`${OLD}.gz.tmp`]: 'half' })
  const compression = new Compression(join(dir, 'audit.jsonl'), systemClock)
  await compression.run()
  t.ok(existsSync(join(dir, OLD)), 'it may be at work: a draft is respected')
  utimesSync(join(dir, `${OLD}.gz.tmp`), 0, 0)
  await compression.run()
  await compression.run()
  compression.close()
  t.same(readdirSync(dir), [`${OLD}.gz`])
})

t.test('a process may end in the middle of it', async t => {
  const dir = t.testdir()
  mkdirSync(join(dir, 'log'))
  const text = randomBytes(30_000_000).toString('base64')
  writeFileSync(join(dir, 'log', OLD), text)
  const filename = join(dir, 'log', 'audit.jsonl')
  const compression = join(__dirname, '../../dist/outputs/compression.js')
  const code = `
    const { Compression } = require(${JSON.stringify(compression)})
    const clock = { wall: Date.now, monotonic: () => performance.now() }
    const name = ${JSON.stringify(filename)}
    new Compression(name, clock).run().then(() => console.log('done'))`
  const { status, stdout } = runBareNode(['-e', code])
  t.equal(status, 0)
  t.equal(stdout, '', 'it did not stay to finish')
  t.ok(existsSync(join(dir, 'log', OLD)), 'and nothing was lost')
})
