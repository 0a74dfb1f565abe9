import { spawnSync } from 'node:child_process'
import { closeSync, openSync, writeSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'

const bin = resolve(__dirname, '../../../bin/mongowatch-csv.js')
const peak = resolve(__dirname, '../../fixtures/print-peak-memory.cjs')
const LIMIT = 160

/** Writes rows until the file has that many megabytes. */
function write(path: string, megabytes: number, row: (i: number) => string) {
  const descriptor = openSync(path, 'w')
  let size = writeSync(descriptor, 'WatchID,Iteration,Filter\n')
  for (let i = 0; size < megabytes * 1e6; ) {
    let batch = ''
    while (batch.length < 1e6) batch += row(i++)
    size += writeSync(descriptor, batch)
  }
  closeSync(descriptor)
}

/** Megabytes that the command needs at most. */
function measure(folder: string, args: readonly string[] = []): number {
  const line = ['aggregate', join(folder, 'in'), '-o', join(folder, 'out')]
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--require', peak, bin, ...line, ...args],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(stderr)
  return Number(stdout)
}

// the limit is 200 MB at 2 GB: npm run bench:csv -- 2000
t.test('memory does not depend on how many rows an operation has', async t => {
  const folder = t.testdir()
  write(join(folder, 'in'), 70, i => `a,${i},\n`)
  const megabytes = measure(folder)
  t.ok(megabytes < LIMIT, `${megabytes} MB`)
})

t.test('nor on how large a cell is', async t => {
  const folder = t.testdir()
  const filter = 'x'.repeat(15_000_000)
  write(join(folder, 'in'), 120, i => `${i >> 1},${i & 1},"${filter}"\n`)
  for (const args of [[], ['--dialect', 'unix']]) {
    const megabytes = measure(folder, args)
    t.ok(megabytes < LIMIT, `${megabytes} MB ${args.join(' ')}`)
  }
})
