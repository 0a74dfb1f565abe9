import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  readdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'

import { join } from 'node:path'
import t, { type Test } from 'tap'
import { TAKEN } from '../../../src/outputs/network/sender.ts'
import { SpoolDirectory } from '../../../src/outputs/network/spool-directory.ts'
import { SpoolStore } from '../../../src/outputs/network/spool-store.ts'
import { processSpace } from '../../../src/outputs/process-space.ts'

interface Options {
  readonly handler?: string
  readonly maxRecords?: number
  readonly maxBytes?: number
}

function spoolIn(t: Test, path: string, options: Options = {}) {
  const directory = new SpoolDirectory(path, options.handler ?? 'audit')
  const results: (string | null)[] = []
  const late: [number, string][] = []
  const store = new SpoolStore({
    directory,
    limits: { maxRecords: options.maxRecords ?? 2, maxBytes: 1e6 },
    maxBytes: options.maxBytes ?? 1e6,
    settle: given => results.push(...given),
    onLate: (count, reason) => late.push([count, reason]),
  })
  t.teardown(() => store.close())
  const put = (...lines: string[]) =>
    store.put(lines.map(line => ({ line, level: 'info' })))
  const takeAll = () => {
    const lines: string[] = []
    for (let batch = store.take(); batch; batch = store.take()) {
      lines.push(...batch.messages.map(({ line }) => line))
      store.end(batch, TAKEN)
    }
    return lines
  }
  return { store, put, takeAll, results, late }
}

const files = (path: string, end: string) =>
  readdirSync(path).filter(name => name.endsWith(end))

/** A process id that nobody has. */
function freePid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid
}

t.test('what is put comes back in its order, in batches', async t => {
  const path = join(t.testdir(), 'new', 'spool')
  const { store, put, takeAll, results } = spoolIn(t, path)
  put('a', 'b', 'c')
  t.same(results, [null, null, null])
  t.same(store.take()?.messages, [
    { level: 'info', line: 'a' },
    { level: 'info', line: 'b' },
  ])
  put('d e')
  t.same(takeAll(), ['a', 'b', 'c', 'd e'])
  t.equal(store.hasWork, false)
  t.same(files(path, '.batch'), [])
})

t.test('nobody else can read it', async t => {
  const path = join(t.testdir(), 'spool')
  const { put } = spoolIn(t, path)
  put('a', 'b')
  t.equal(statSync(path).mode & 0o007, 0)
  const [file = ''] = files(path, '.batch')
  t.equal(statSync(join(path, file)).mode & 0o007, 0)
})

t.test('what a store leaves behind the next one has', async t => {
  const path = t.testdir()
  const first = spoolIn(t, path)
  first.put('a', 'b', 'c')
  first.store.close()
  t.same(spoolIn(t, path).takeAll(), ['a', 'b', 'c'])
})

t.test('what a living store has is its own', async t => {
  const path = t.testdir()
  const first = spoolIn(t, path)
  first.put('a')
  t.same(spoolIn(t, path).takeAll(), [])
  t.same(first.takeAll(), ['a'])
})

t.test('what a killed process left is taken at once', async t => {
  const path = t.testdir()
  const owner = `${freePid()}-abc`
  writeFileSync(join(path, `audit.${owner}.owner`), processSpace())
  writeFileSync(join(path, `audit.17-1.${owner}.batch`), 'info a\n')
  t.same(spoolIn(t, path).takeAll(), ['a'])
  t.same(files(path, `${owner}.owner`), [])
})

t.test('another machine may be alive, or another container', async t => {
  const container = processSpace().replace(/\d+(?=\]$)/, '1')
  for (const space of ['another machine', container]) {
    const path = t.testdir()
    const owner = `${freePid()}-abc`
    writeFileSync(join(path, `audit.${owner}.owner`), space)
    writeFileSync(join(path, `audit.17-1.${owner}.batch`), 'info a\n')
    t.same(spoolIn(t, path).takeAll(), [])
  }
})

t.test('each handler has its own', async t => {
  const path = t.testdir()
  const first = spoolIn(t, path, { handler: 'a.b/c' })
  first.put('a')
  first.store.close()
  t.same(spoolIn(t, path, { handler: 'b' }).takeAll(), [])
  t.same(spoolIn(t, path, { handler: 'a.b/c' }).takeAll(), ['a'])
})

t.test('a line that was torn by a kill is left out', async t => {
  const path = t.testdir()
  writeFileSync(join(path, 'audit.17-1.1-abc.batch'), 'info a\n')
  appendFileSync(join(path, 'audit.17-1.1-abc.batch'), 'info b')
  t.same(spoolIn(t, path).takeAll(), ['a'])
})

t.test('what another process took over meanwhile is left to it', async t => {
  const path = t.testdir()
  const { put, takeAll } = spoolIn(t, path)
  put('a', 'b', 'c', 'd')
  const [first = ''] = files(path, '.batch')
  unlinkSync(join(path, first))
  t.same(takeAll(), ['c', 'd'])
})

t.test('when it is full new lines are lost, with the reason', async t => {
  const { put, takeAll, results } = spoolIn(t, t.testdir(), { maxBytes: 1 })
  put('a', 'b', 'c')
  t.same(results, [null, null, 'The spool is full'])
  t.same(takeAll(), ['a', 'b'])
  put('d')
  t.same(takeAll(), ['d'], 'and goes on when there is room')
})

t.test('what a receiver refuses later is counted later', async t => {
  const { store, put, late, results } = spoolIn(t, t.testdir())
  put('a', 'b')
  const batch = store.take()
  if (batch === undefined) throw new Error('nothing there')
  store.end(batch, { refused: 1, reason: 'too old' })
  t.same(results, [null, null])
  t.same(late, [[1, 'too old']])
})
