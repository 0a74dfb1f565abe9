import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  constants,
  createReadStream,
  mkdirSync,
  openSync,
  readSync,
} from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { closeHandlers } from '../../src/outputs/close-handlers.ts'
import type { Destination } from '../../src/outputs/destination.ts'
import type { Handler } from '../../src/outputs/handler.ts'
import { entry, finalRecord, setUpOutputs } from '../fixtures/output-parts.ts'
import { runOnSmallDisk } from '../fixtures/small-disk.ts'

function destinationOf(handlers: ReadonlyMap<string, Handler>): Destination {
  const handler = handlers.get('audit')
  if (handler === undefined) throw new Error('There is no handler')
  return handler.destination
}

/** What a FIFO holds. */
const PIPE_BYTES = 65_536

const CHILD = join(__dirname, '../fixtures/outputs-full.cjs')

for (const [title, given] of Object.entries({
  drop_old: { queue: { onFull: 'drop_old', maxRecords: 500 } },
  drop_new: { queue: { onFull: 'drop_new', maxRecords: 500 } },
  block: { queue: { onFull: 'block', maxRecords: 500 } },
  bytes: { queue: { maxBytes: 100_000 } },
  'line by line': { queue: { maxRecords: 500 }, guarantee: 'written' },
})) {
  t.test(`a full disk, then free again, ${title}`, async t => {
    const folder = join(t.testdir(), 'disk')
    mkdirSync(folder)
    const options = JSON.stringify(given)
    const ran = runOnSmallDisk(folder, 2_000, [
      CHILD,
      folder,
      options,
      '1500000',
      '3000',
    ])
    if (ran === undefined) return t.comment('NOT RUN: no small file system')
    t.equal(ran.status, 0, ran.stderr)
    const result = JSON.parse(ran.stdout)
    t.ok(result.full.lost > 1_000, 'the disk was full')
    t.equal(result.dropped, result.missing, 'what is missing, $drop says')
    t.equal(result.end.lost, result.missing)
    t.equal(result.doubled, 0)
    t.same(result.torn, [], 'the line that was half written is whole')
    t.match(ran.stderr, /^mongowatch: Handler audit cannot write .*ENOSPC.*\n$/)
  })
}

t.test('a device that is always full: bounded, counted, said', async t => {
  const { handlers, router } = setUpOutputs({
    audit: entry({
      class: 'file',
      filename: '/dev/full',
      queue: { maxRecords: 100 },
    }),
    other: entry({ class: 'file', filename: join(t.testdir(), 'other.jsonl') }),
  })
  for (let i = 0; i < 10_000; i++) router.emit(finalRecord(), 'final')
  const audit = handlers.get('audit')
  t.ok(Number(audit?.destination.pending) <= 100)
  closeHandlers(handlers, router)
  t.match(audit?.stats, { received: 10_000, written: 0, lost: 10_000 })
  t.equal(handlers.get('other')?.stats.written, 10_001, 'it got the $drop')
})

t.test('a FIFO that nobody reads stops nobody', async t => {
  const filename = join(t.testdir(), 'audit.fifo')
  spawnSync('mkfifo', [filename])
  const { handlers, router } = setUpOutputs({
    audit: entry({ class: 'file', filename, queue: { maxRecords: 1_000 } }),
  })
  for (let i = 0; i < 5_000; i++) router.emit(finalRecord(), 'final')
  const destination = destinationOf(handlers)
  t.equal(destination.tally.written, 0)
  t.ok(destination.pending <= 1_000)
  closeHandlers(handlers, router)
  t.match(handlers.get('audit')?.stats, { received: 5_000, lost: 5_000 })
})

t.test('a FIFO whose reader stops reading stops nobody either', async t => {
  const filename = join(t.testdir(), 'audit.fifo')
  spawnSync('mkfifo', [filename])
  const reader = spawn('sh', ['-c', 'exec sleep 60 <"$0"', filename])
  t.teardown(() => reader.kill())
  await new Promise(resolve => setTimeout(resolve, 200))
  const { handlers, router } = setUpOutputs({
    audit: entry({ class: 'file', filename, queue: { maxRecords: 1_000 } }),
  })
  for (let i = 0; i < 5_000; i++) router.emit(finalRecord(), 'final')
  const destination = destinationOf(handlers)
  t.ok(destination.tally.written > 0, 'what the pipe could hold')
  t.ok(destination.pending <= 1_000)
  closeHandlers(handlers, router)
  const { written, lost } = destination.tally
  t.equal(written + lost, 5_000)
})

t.test('a FIFO that is full before a line end gets it later', async t => {
  const filename = join(t.testdir(), 'audit.fifo')
  spawnSync('mkfifo', [filename])
  const reader = openSync(filename, constants.O_RDWR | constants.O_NONBLOCK)
  const options = { class: 'file', filename, fsync: true }
  const { handlers } = setUpOutputs({ audit: entry(options) })
  const destination = destinationOf(handlers)
  destination.write('x'.repeat(PIPE_BYTES), 'info')
  destination.flush()
  const chunk = Buffer.alloc(2 * PIPE_BYTES)
  let text = chunk.toString('latin1', 0, readSync(reader, chunk))
  destination.write('second', 'info')
  destination.flush()
  text += chunk.toString('latin1', 0, readSync(reader, chunk))
  closeSync(reader)
  t.same(text.split('\n').slice(1), ['second', ''])
  t.match(destination.tally, { written: 2, lost: 0 })
})

t.test('a FIFO that is read late gets whole lines', async t => {
  const filename = join(t.testdir(), 'audit.fifo')
  spawnSync('mkfifo', [filename])
  const { handlers, router } = setUpOutputs({
    audit: entry({ class: 'file', filename }),
  })
  for (let i = 0; i < 3_000; i++) router.emit(finalRecord(), 'final')
  let text = ''
  const stream = createReadStream(filename, 'utf8')
  stream.on('data', chunk => {
    text += chunk
  })
  const destination = destinationOf(handlers)
  while (destination.pending > 0) {
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  closeHandlers(handlers, router)
  await once(stream, 'end')
  const lines = text.trim().split('\n')
  t.equal(lines.length, 3_000)
  for (const line of lines) JSON.parse(line)
  t.equal(destination.tally.lost, 0)
})
