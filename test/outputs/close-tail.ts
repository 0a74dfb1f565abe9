import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { readAuditFiles } from '../fixtures/audit-files.ts'
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
