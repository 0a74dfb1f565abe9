import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { verifyTrail } from '../../src/cli/verify/verify-trail.ts'
import { runTampered } from '../fixtures/tampered-calls.ts'

const CHILD = join(__dirname, '../fixtures/outputs-fsync.cjs')

for (const settings of [
  { guarantee: 'written', onFailure: 'refuse' },
  { guarantee: 'batched', onFailure: 'refuse' },
  { guarantee: 'written', onFailure: 'drop' },
  { guarantee: 'batched', onFailure: 'drop' },
  { guarantee: 'written', onFailure: 'refuse', integrity: 'chain' },
]) {
  const name = Object.values(settings).join()

  t.test(`the disk fails to keep a record, ${name}`, async t => {
    const filename = join(t.testdir(), 'audit.jsonl')
    const options = { class: 'file', filename, fsync: true, ...settings }
    const args = [CHILD, JSON.stringify(options)]
    // the first one is that of the folder
    const ran = runTampered({ fsync: 'error=EIO:when=2..3' }, args)
    if (ran === undefined) return t.comment('NOT RUN: no tampered calls')
    t.equal(ran.status, 0, ran.stderr)
    const refuses = settings.onFailure === 'refuse'
    t.match(JSON.parse(ran.stdout), {
      refused: refuses ? 'EIO' : undefined,
      later: undefined,
      ...{ pending: 0, received: 2, written: 1, lost: 1 },
    })
    t.match(ran.stderr, /^mongowatch: Handler audit cannot write .*EIO.*\n$/)
    const lines = readFileSync(filename, 'utf8').trim().split('\n')
    const records = lines
      .map(line => JSON.parse(line))
      .filter(record => !/^\$(?:file|enter|end)$/.test(record.Operation))
    t.match(
      records,
      [
        { WatchID: 'one' },
        {
          Operation: '$drop',
          Options: { count: 1, reason: /EIO.*may not be on the disk/ },
        },
        { WatchID: 'two' },
      ],
      'it is in the file once, and in doubt',
    )
    t.equal(records.length, 3)
    if (settings.integrity !== undefined) {
      const { fault } = await verifyTrail([filename], undefined)
      t.equal(fault, undefined)
    }
  })
}

t.test('the name of a new file is on the disk, too', async t => {
  const folder = t.testdir()
  const filename = join(folder, 'audit.jsonl')
  const log = join(t.testdirName, '..', `calls-${process.pid}`)
  t.teardown(() => rmSync(log, { force: true }))
  for (const fsync of [true, false]) {
    const options = { class: 'file', filename, fsync }
    const args = [CHILD, JSON.stringify(options)]
    const ran = runTampered({ fsync: 'delay_enter=1' }, args, {
      path: folder,
      log,
    })
    if (ran === undefined) return t.comment('NOT RUN: no tampered calls')
    t.equal(ran.status, 0, ran.stderr)
    t.equal(readFileSync(log, 'utf8').includes(' fsync('), fsync)
  }
})
