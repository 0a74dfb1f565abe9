import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { runBareNode } from '../fixtures/bare-node.ts'
import { runOnSmallDisk } from '../fixtures/small-disk.ts'
import { runTampered } from '../fixtures/tampered-calls.ts'

const CHILD = join(__dirname, '../fixtures/outputs-slow.cjs')
const MAX_RECORDS = 2_000
const LINE_BYTES = 1_200
const SETTINGS = [
  { guarantee: 'batched' },
  { guarantee: 'written' },
  { guarantee: 'batched', queue: { maxBytes: 500_000 } },
  { guarantee: 'written', queue: { maxRecords: MAX_RECORDS, onFull: 'block' } },
]

function optionsOf(filename: string, settings: object) {
  const queue = { maxRecords: MAX_RECORDS }
  return JSON.stringify({ class: 'file', filename, queue, ...settings })
}

/** 20,000 records came; what waits and what it costs has bounds. */
function checkBounds(t: Test, stdout: string): void {
  const result = JSON.parse(stdout)
  const { calls, bytes, longest, pending, received, written, lost } = result
  t.ok(longest <= MAX_RECORDS + 1, `${longest} records waited`)
  t.equal(written + lost + pending, received, 'each is accounted for')
  t.ok(bytes < 2 * MAX_RECORDS * LINE_BYTES + 4_000_000, `${bytes} bytes`)
  // one attempt each 0.1 s, 0.2 s ... 5 s, whatever comes meanwhile
  t.ok(calls < 200, `${calls} calls of write for 20,000 records`)
}

function run(t: Test, filename: string, settings: object): void {
  const args = ['--expose-gc', CHILD, optionsOf(filename, settings)]
  const { stdout, stderr, status } = runBareNode(args)
  t.equal(status, 0, stderr)
  checkBounds(t, stdout)
}

for (const settings of SETTINGS) {
  const name = JSON.stringify(settings)

  t.test(`a device that is always full, ${name}`, async t => {
    run(t, '/dev/full', settings)
  })

  t.test(`a FIFO that nobody reads, ${name}`, async t => {
    const filename = join(t.testdir(), 'audit.fifo')
    spawnSync('mkfifo', [filename])
    run(t, filename, settings)
  })

  t.test(`a FIFO whose reader stopped reading, ${name}`, async t => {
    const filename = join(t.testdir(), 'audit.fifo')
    spawnSync('mkfifo', [filename])
    const reader = spawn('sh', ['-c', 'exec sleep 60 <"$0"', filename])
    t.teardown(() => reader.kill())
    run(t, filename, settings)
  })

  t.test(`a file system without room, ${name}`, async t => {
    const folder = join(t.testdir(), 'disk')
    mkdirSync(folder)
    const options = optionsOf(join(folder, 'audit.jsonl'), settings)
    const ran = runOnSmallDisk(folder, 64, ['--expose-gc', CHILD, options])
    if (ran === undefined) return t.comment('NOT RUN: no small file system')
    t.equal(ran.status, 0, ran.stderr)
    checkBounds(t, ran.stdout)
  })

  if (settings.guarantee === 'written') continue // it waits for each write
  t.test(`a disk that takes its time, ${name}`, async t => {
    const filename = join(t.testdir({ 'audit.jsonl': '' }), 'audit.jsonl')
    const args = ['--expose-gc', CHILD, optionsOf(filename, settings)]
    const slow = { write: 'delay_enter=200000' }
    const ran = runTampered(slow, args, { path: filename })
    if (ran === undefined) return t.comment('NOT RUN: no tampered calls')
    t.equal(ran.status, 0, ran.stderr)
    checkBounds(t, ran.stdout)
  })
}
