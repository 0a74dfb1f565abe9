import {
  existsSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'

import { join } from 'node:path'
import t from 'tap'
import { systemClock } from '../../src/clock.ts'
import { closeHandlers } from '../../src/outputs/close-handlers.ts'
import { processSpace } from '../../src/outputs/process-space.ts'
import { readAuditFiles } from '../fixtures/audit-files.ts'
import { entry, finalRecord, setUpOutputs } from '../fixtures/output-parts.ts'
import { end, startWriters } from '../fixtures/output-writers.ts'

function expectedIds(writer: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${writer}-${i}`)
}

function write(filename: string, options: object, count: number, filter = '') {
  const { router, handlers, problems } = setUpOutputs({
    audit: entry({ class: 'file', filename, ...options }),
  })
  for (const problem of problems) throw problem
  for (let i = 0; i < count; i++) router.emit(finalRecord(filter), 'final')
  closeHandlers(handlers, router)
}

t.test('a new file is begun before the old one is too large', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  const options = { maxBytes: 5_000, guarantee: 'written' }
  write(filename, options, 100, 'x'.repeat(200))
  const { paths, ids, torn, largest } = readAuditFiles(filename)
  t.ok(paths.length > 4)
  t.equal(ids.length, 100)
  t.equal(new Set(ids).size, 100)
  t.same(torn, [])
  t.ok(largest <= 5_000)
  for (const path of paths) t.equal(statSync(path).mode & 0o777, 0o640)
})

t.test('a record larger than a file gets one for itself', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  write(filename, { maxBytes: 100, guarantee: 'written' }, 3)
  const { paths, ids } = readAuditFiles(filename)
  t.equal(paths.length, 3)
  t.equal(ids.length, 3)
})

t.test('the newest are kept although the clock was put back', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  const options = { maxBytes: 100, backupCount: 2, guarantee: 'written' }
  const { now } = Date
  const wall = t.intercept(systemClock, 'wall', { value: () => now() + 3.6e6 })
  write(filename, options, 5, 'before')
  wall.restore()
  write(filename, options, 10, 'after')
  const { paths } = readAuditFiles(filename)
  const texts = paths.map(path => readFileSync(path, 'utf8'))
  t.equal(texts.length, 3)
  for (const text of texts) t.match(text, 'after')
})

t.test('backupCount keeps the newest files', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  const options = { maxBytes: 100, backupCount: 2, guarantee: 'written' }
  write(filename, options, 10)
  const { paths, ids } = readAuditFiles(filename)
  t.equal(paths.length, 3)
  t.equal(ids.length, 3)
})

t.test('maxAge removes old files, and no other', async t => {
  const dir = t.testdir({
    'audit.jsonl.20200101T000000.000Z-1': 'old',
    'audit.jsonl.20200101T000000.000Z-1.gz': 'old',
    'audit.jsonl.20990101T000000.000Z-1': 'new',
    'audit.jsonl.20200101-logrotate': 'not ours',
    'other.jsonl.20200101T000000.000Z-1': 'not ours',
  })
  write(join(dir, 'audit.jsonl'), { maxAge: 3600 }, 1)
  t.notOk(existsSync(join(dir, 'audit.jsonl.20200101T000000.000Z-1')))
  t.notOk(existsSync(join(dir, 'audit.jsonl.20200101T000000.000Z-1.gz')))
  t.ok(existsSync(join(dir, 'audit.jsonl.20990101T000000.000Z-1')))
  t.ok(existsSync(join(dir, 'audit.jsonl.20200101-logrotate')))
  t.ok(existsSync(join(dir, 'other.jsonl.20200101T000000.000Z-1')))
})

t.test('a new file is begun in a new period', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  const options = { every: 86_400 }
  write(filename, options, 1)
  write(filename, options, 1)
  t.equal(readAuditFiles(filename).paths.length, 1)
  const yesterday = Date.now() / 1000 - 86_400
  utimesSync(filename, yesterday, yesterday)
  write(filename, options, 1)
  const { paths, ids } = readAuditFiles(filename)
  t.equal(paths.length, 2)
  t.equal(ids.length, 3)
})

t.test('a rotation that is impossible costs no record', async t => {
  const filename = join(t.testdir(), 'a'.repeat(240)) // no room for a date
  write(filename, { maxBytes: 500, guarantee: 'written' }, 20)
  const { paths, ids } = readAuditFiles(filename)
  t.equal(paths.length, 1)
  t.equal(ids.length, 20)
})

t.test('a holder of the lock that is stopped stops nobody', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  writeFileSync(`${filename}.lock`, `${process.pid} ${processSpace()}`)
  write(filename, { maxBytes: 5_000, guarantee: 'written' }, 200)
  const { paths, ids, largest } = readAuditFiles(filename)
  t.ok(paths.length > 3)
  t.equal(ids.length, 200)
  t.ok(largest > 5_000, 'it is left some time')
  t.ok(largest < 1.4 * 5_000, 'but not for ever')
  t.ok(existsSync(`${filename}.lock`))
})

t.test('the lock of a dead process is taken over', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  writeFileSync(`${filename}.lock`, `999999999 ${processSpace()}`)
  write(filename, { maxBytes: 5_000, guarantee: 'written' }, 200)
  t.ok(readAuditFiles(filename).largest <= 5_000)
  t.notOk(existsSync(`${filename}.lock`))
})

for (const guarantee of ['batched', 'written']) {
  t.test(`eight processes, rotation, ${guarantee}: all there`, async t => {
    const filename = join(t.testdir(), 'audit.jsonl')
    const maxBytes = 200_000
    const children = startWriters(filename, {
      options: { maxBytes, guarantee },
      writers: 8,
      count: 1_000,
      bytes: 500,
    })
    t.same(await Promise.all(children.map(end)), Array(8).fill(0))
    const { paths, ids, torn } = readAuditFiles(filename)
    t.ok(paths.length > 10)
    t.same(torn, [])
    t.equal(ids.length, 8_000, 'nothing twice')
    t.equal(new Set(ids).size, 8_000, 'nothing lost')
    t.notOk(existsSync(`${filename}.lock`))
  })
}

t.test('writers killed in the middle take nothing of the others', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  const children = startWriters(filename, {
    options: { maxBytes: 100_000 },
    writers: 6,
    count: 3_000,
    bytes: 500,
  })
  const killed = children.slice(3)
  const timer = setInterval(() => {
    if (existsSync(filename)) killed.pop()?.kill('SIGKILL')
  }, 30)
  await Promise.all(children.map(end))
  clearInterval(timer)
  const { ids } = readAuditFiles(filename)
  const found = new Set(ids)
  t.equal(found.size, ids.length, 'nothing twice')
  for (const writer of ['w0', 'w1', 'w2']) {
    const missing = expectedIds(writer, 3_000).filter(id => !found.has(id))
    t.same(missing, [], `nothing of ${writer} lost`)
  }
})

t.test('worker threads lose nothing', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  const children = startWriters(filename, {
    options: { maxBytes: 200_000 },
    writers: 1,
    count: 1_000,
    bytes: 500,
    threads: 4,
  })
  t.same(await Promise.all(children.map(end)), [0])
  const { ids, torn } = readAuditFiles(filename)
  t.same(torn, [])
  t.equal(ids.length, 4_000)
  t.equal(new Set(ids).size, 4_000)
})

t.test("the limit is the file's, however fast the threads are", async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  const bytes = 20_000
  const children = startWriters(filename, {
    options: { maxBytes: 1_000_000 },
    writers: 1,
    count: 300,
    bytes,
    threads: 4,
  })
  t.same(await Promise.all(children.map(end)), [0])
  const { ids, largest } = readAuditFiles(filename)
  t.equal(ids.length, 1_200)
  t.ok(largest <= 1.05 * 1_000_000 + 4 * (bytes + 100), String(largest))
})
