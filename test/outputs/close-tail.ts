import { closeSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { closeHandlers } from '../../src/outputs/close-handlers.ts'
import { openForAppend } from '../../src/outputs/open-file.ts'
import { readAuditFiles } from '../fixtures/audit-files.ts'
import { entry, finalRecord, setUpOutputs } from '../fixtures/output-parts.ts'
import { end, startWriters } from '../fixtures/output-writers.ts'

const HALF = '{"WatchID":"half'

t.test('the line of a killed writer is ended by one of the others', async t => {
  for (const guarantee of ['batched', 'written']) {
    const filename = join(t.testdir(), 'audit.jsonl')
    writeFileSync(filename, `{"WatchID":"whole"}\n${HALF}`)
    const children = startWriters(filename, {
      options: { guarantee },
      writers: 6,
      count: 20,
      bytes: 300,
    })
    await Promise.all(children.map(end))
    const lines = readFileSync(filename, 'utf8').split('\n')
    t.equal(lines[1], HALF)
    t.equal(lines.length, 2 + 120 + 1)
    t.equal(lines.indexOf(''), 122, 'and the end of no line is put in twice')
  }
})

t.test('where no lock can be made, lines and headers are whole too', t => {
  const folder = t.testdir()
  const filename = join(folder, 'a'.repeat(252)) // no room for `.lock`
  writeFileSync(filename, HALF)
  const audit = entry({ class: 'file', filename })
  const { handlers, router } = setUpOutputs({ audit })
  router.emit(finalRecord(), 'final')
  closeHandlers(handlers, router)
  const lines = readFileSync(filename, 'utf8').split('\n')
  t.match(lines, [HALF, /"Iteration":"final"/, ''])

  const other = join(folder, 'b'.repeat(252))
  for (let i = 0; i < 2; i++) {
    closeSync(openForAppend({ filename: other, mode: 0o640, header: 'H' }).fd)
    t.equal(readFileSync(other, 'utf8'), 'H\n')
    writeFileSync(other, '')
  }
  t.end()
})

t.test('a line that is on its way is not taken for one', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  const children = startWriters(filename, {
    options: {},
    writers: 8,
    count: 300,
    bytes: 60_000,
  })
  await Promise.all(children.map(end))
  const { ids, torn } = readAuditFiles(filename)
  t.equal(ids.length, 2_400)
  t.same(torn, [])
  const empty = readFileSync(filename, 'utf8').split('\n\n').length - 1
  // a writer that the system stops within a write looks like a killed one
  t.ok(empty <= 3, `${empty} empty lines`)
})
