import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { closeHandlers } from '../../src/outputs/close-handlers.ts'
import { entry, finalRecord, setUpOutputs } from '../fixtures/output-parts.ts'

function setUpFile(filename: string, options: Record<string, unknown> = {}) {
  const outputs = setUpOutputs({
    audit: entry({ class: 'file', filename, ...options }),
  })
  const { handlers, router } = outputs
  return { ...outputs, close: () => closeHandlers(handlers, router) }
}

function lines(filename: string): Record<string, unknown>[] {
  return readFileSync(filename, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))
}

t.test('records are in the file after it was closed, in order', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  const { router, close, handlers } = setUpFile(filename)
  for (let i = 0; i < 1000; i++) router.emit(finalRecord({ i }), 'final')
  close()
  const found = lines(filename)
  t.same(
    found.map(({ Filter }) => Filter),
    Array.from({ length: 1000 }, (_, i) => ({ i })),
  )
  t.same(
    found.map(({ Seq }) => Seq),
    Array.from({ length: 1000 }, (_, i) => i + 1),
  )
  t.same(handlers.get('audit')?.stats, {
    received: 1000,
    written: 1000,
    lost: 0,
  })
})

t.test('a batch is written after a tenth of a second', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  const { router, close } = setUpFile(filename)
  router.emit(finalRecord(), 'final')
  t.throws(() => statSync(filename), 'nothing is opened before it is needed')
  await new Promise(resolve => setTimeout(resolve, 200))
  t.equal(lines(filename).length, 1)
  close()
})

t.test('with `written` a record is in the kernel at once', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  const { router, close } = setUpFile(filename, { guarantee: 'written' })
  router.emit(finalRecord(), 'final')
  t.equal(lines(filename).length, 1)
  close()
})

t.test('the file is 0640 and its new folders 0750 whatever umask', async t => {
  const umask = process.umask(0o077)
  t.teardown(() => process.umask(umask))
  const dir = t.testdir()
  const filename = join(dir, 'a', 'b', 'audit.jsonl')
  const { router, close } = setUpFile(filename)
  router.emit(finalRecord(), 'final')
  close()
  const mode = (path: string) => statSync(path).mode & 0o7777
  t.equal(mode(filename), 0o640)
  t.equal(mode(join(dir, 'a')), 0o750)
  t.equal(mode(join(dir, 'a', 'b')), 0o750)
})

t.test('another mode can be asked for', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  const { router, close } = setUpFile(filename, { mode: '0600' })
  router.emit(finalRecord(), 'final')
  close()
  t.equal(statSync(filename).mode & 0o7777, 0o600)
})

t.test('a folder may be reached by a symbolic link', async t => {
  const folder = t.testdir({ real: {} })
  symlinkSync('real', join(folder, 'link'))
  const { router, close } = setUpFile(join(folder, 'link', 'audit.jsonl'))
  router.emit(finalRecord(), 'final')
  close()
  t.match(readFileSync(join(folder, 'real', 'audit.jsonl'), 'utf8'), 'final')
})

t.test('a symbolic link is refused before anything is written', async t => {
  const dir = t.testdir({ target: 'precious' })
  const filename = join(dir, 'audit.jsonl')
  symlinkSync(join(dir, 'target'), filename)
  const { problems, handlers } = setUpFile(filename)
  t.equal(handlers.size, 0)
  t.match(problems, [
    {
      code: 'MONGOWATCH_FILE',
      message: `handlers.audit: ${filename} is a symbolic link: name the file itself`,
    },
  ])
})

t.test('a link that appears later is not followed', async t => {
  const dir = t.testdir({ target: 'precious' })
  const filename = join(dir, 'audit.jsonl')
  const { router, close, handlers } = setUpFile(filename)
  symlinkSync(join(dir, 'target'), filename)
  router.emit(finalRecord(), 'final')
  close()
  t.equal(readFileSync(join(dir, 'target'), 'utf8'), 'precious')
  t.equal(handlers.get('audit')?.stats.lost, 1)
})

t.test('a folder that everybody can write needs the sticky bit', async t => {
  const dir = join(t.testdir(), 'open')
  mkdirSync(dir)
  chmodSync(dir, 0o777)
  const filename = join(dir, 'audit.jsonl')
  t.match(setUpFile(filename).problems, [{ code: 'MONGOWATCH_FILE' }])
  chmodSync(dir, 0o1777)
  t.same(setUpFile(filename).problems, [])
})

t.test('a file moved away by logrotate is left alone', async t => {
  const dir = t.testdir()
  const filename = join(dir, 'audit.jsonl')
  const { router, close } = setUpFile(filename, { guarantee: 'written' })
  router.emit(finalRecord(1), 'final')
  renameSync(filename, join(dir, 'audit.jsonl.1'))
  await new Promise(resolve => setTimeout(resolve, 10))
  router.emit(finalRecord(2), 'final')
  close()
  t.match(lines(join(dir, 'audit.jsonl.1')), [{ Filter: 1 }])
  t.match(lines(filename), [{ Filter: 2 }])
})

t.test('half a line left by a killed writer gets its end', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  writeFileSync(filename, '{"whole":1}\n{"WatchID":"00')
  const { router, close } = setUpFile(filename)
  router.emit(finalRecord(), 'final')
  close()
  const [whole, half, own] = readFileSync(filename, 'utf8').split('\n')
  t.equal(whole, '{"whole":1}')
  t.equal(half, '{"WatchID":"00')
  t.match(JSON.parse(own ?? ''), { Seq: 1 })
})

t.test('a record that is longer than every bound is written', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  const { router, close } = setUpFile(filename, {
    queue: { maxRecords: 1, maxBytes: 10 },
  })
  router.emit(finalRecord('ä'.repeat(100_000)), 'final')
  close()
  t.match(lines(filename), [{ Filter: 'ä'.repeat(100_000) }])
})
