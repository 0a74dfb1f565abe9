import { closeSync, openSync, readFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { closeHandlers } from '../../src/outputs/close-handlers.ts'
import { readAuditFiles, textOf } from '../fixtures/audit-files.ts'
import { entry, finalRecord, setUpOutputs } from '../fixtures/output-parts.ts'
import { end, startWriters } from '../fixtures/output-writers.ts'

function write(filename: string, options: object, count: number) {
  const { router, handlers, problems } = setUpOutputs({
    audit: entry({ class: 'file', filename, ...options }),
  })
  for (const problem of problems) throw problem
  for (let i = 0; i < count; i++) router.emit(finalRecord(), 'final')
  closeHandlers(handlers, router)
}

t.test('every file begins with its header, once', async t => {
  const filename = join(t.testdir(), 'audit.csv')
  const header = 'WatchID,Operation'
  const children = startWriters(filename, {
    options: { maxBytes: 50_000, header },
    writers: 8,
    count: 300,
    bytes: 400,
  })
  await Promise.all(children.map(end))
  const { paths, ids } = readAuditFiles(filename)
  t.ok(paths.length > 5)
  t.equal(new Set(ids).size, 2_400)
  for (const path of paths) {
    const lines = textOf(path).split('\n')
    t.equal(lines[0], header)
    t.equal(lines.filter(line => line === header).length, 1)
  }
})

t.test('a file that is there and empty gets a header as well', async t => {
  const filename = join(t.testdir({ 'audit.csv': '' }), 'audit.csv')
  const children = startWriters(filename, {
    options: { header: 'H' },
    writers: 8,
    count: 10,
    bytes: 200,
  })
  await Promise.all(children.map(end))
  const lines = readFileSync(filename, 'utf8').trim().split('\n')
  t.equal(lines[0], 'H')
  t.equal(lines.filter(line => line === 'H').length, 1)
  t.equal(lines.length, 81)
})

t.test('a file cut to nothing (copytruncate) gets a header', async t => {
  const filename = join(t.testdir(), 'audit.csv')
  closeSync(openSync(filename, 'w'))
  write(filename, {}, 1)
  truncateSync(filename)
  write(filename, {}, 1)
  t.equal(readAuditFiles(filename).ids.length, 1)
})
