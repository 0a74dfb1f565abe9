import { readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { verifyTrail } from '../../../src/cli/verify/verify-trail.ts'
import { trailIn, writeChained } from '../../fixtures/chained-files.ts'

const OPTIONS = { integrity: 'chain', max_bytes: 4_000, guarantee: 'written' }

function exchange(one: string, other: string): void {
  renameSync(one, `${one}.x`)
  renameSync(other, one)
  renameSync(`${one}.x`, other)
}

t.test('files whose names were exchanged', async t => {
  const folder = t.testdir()
  const filename = join(folder, 'audit.jsonl')
  await writeChained({ filename, count: 40, options: OPTIONS })
  const files = trailIn(folder)
  t.ok(files.length > 3)
  t.match(await verifyTrail(files, undefined), { fault: undefined, notes: [] })
  for (const other of files.slice(1)) {
    exchange(String(files[0]), other)
    const { fault } = await verifyTrail(files, undefined)
    t.match(fault, { kind: 'reordered', text: /names were exchanged/ })
    exchange(String(files[0]), other)
  }
})

t.test('names that busy writers give at the same time', async t => {
  const folder = t.testdir()
  const filename = join(folder, 'audit.jsonl')
  const options = { ...OPTIONS, max_bytes: 2_000 }
  const writer = { filename, count: 60, options }
  await writeChained(writer, writer, writer, writer)
  const { fault } = await verifyTrail(trailIn(folder), undefined)
  t.equal(fault, undefined)
})

t.test("logrotate's names say nothing of the order", async t => {
  const folder = t.testdir()
  const filename = join(folder, 'audit.jsonl')
  await writeChained({ filename, count: 40, options: OPTIONS })
  const files = trailIn(folder).slice(0, -1)
  const renamed = files.map((path, i) => {
    const name = `${filename}.${files.length - i}`
    renameSync(path, name)
    return name
  })
  const { fault } = await verifyTrail([filename, ...renamed], undefined)
  t.equal(fault, undefined)
})

t.test('trails of one name in two folders', async t => {
  const folder = t.testdir({ one: {}, two: {} })
  for (const each of ['one', 'two']) {
    const filename = join(folder, each, 'audit.jsonl')
    await writeChained({ filename, count: 30, options: OPTIONS })
  }
  const files = ['one', 'two'].flatMap(each => trailIn(join(folder, each)))
  t.match(await verifyTrail(files, undefined), { fault: undefined, notes: [] })
})

t.test('a file whose name looks like that of a lock', async t => {
  const folder = t.testdir()
  const filename = join(folder, 'audit.lock.log')
  await writeChained({ filename, count: 40, options: OPTIONS })
  const files = readdirSync(folder)
    .filter(name => /^audit\.lock\.log(?:\.\d{8}T.*)?$/.test(name))
    .map(name => join(folder, name))
  t.ok(files.length > 3)
  const { fault, notes, files: read } = await verifyTrail(files, undefined)
  t.match({ fault, notes, read }, { notes: [], read: files.length })
  t.equal(fault, undefined)
})
