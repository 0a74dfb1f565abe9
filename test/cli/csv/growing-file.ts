import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { aggregate } from '../../../src/cli/csv/aggregate.ts'
import { RowWriter } from '../../../src/cli/csv/row-writer.ts'
import { openFile } from '../../../src/cli/csv/source.ts'
import { runFile } from '../../fixtures/command-line.ts'

const HEADER = 'WatchID,Iteration,X\n'
const CHOICE = {
  delimiter: undefined,
  watchId: undefined,
  iteration: undefined,
}
const rows = (count: number, value: string) =>
  Array.from(
    { length: count },
    (_, i) => `w${i >> 1},${i & 1},${value} ${i}\n`,
  ).join('')

/** What becomes of a file that is changed when part of it has been read. */
async function run(path: string, when: number, change: () => void) {
  const source = openFile(path)
  const out: Buffer[] = []
  const bad: string[] = []
  let isChanged = false
  const progress = (done: number) => {
    if (isChanged || done < when) return
    isChanged = true
    change()
  }
  progress(0)
  const writer = new RowWriter(bytes => {
    out.push(Buffer.from(bytes))
    return undefined
  })
  try {
    const { badRows } = await aggregate([source], CHOICE, writer, {
      bad: (_, offset, reason) => bad.push(`${offset} ${reason}`),
      progress,
    })
    if (!isChanged) throw new Error('it was never changed')
    return { text: `${Buffer.concat(out)}`, bad, badRows }
  } finally {
    source.close()
  }
}

/** Sooner or later in both passes over a file of some megabytes. */
const MOMENTS = [0.1, 0.3, 0.59, 0.7, 0.95]
const BEFORE = HEADER + rows(100_000, 'some text')
const AFTER =
  HEADER +
  rows(100_000, 'some text')
    .split('\n')
    .filter((_, i) => i & 1)
    .map(line => `${line}\n`)
    .join('')

t.test(
  'rows that are appended meanwhile are left for another time',
  async t => {
    const path = join(t.testdir(), 'a.csv')
    for (const moment of [0, ...MOMENTS]) {
      writeFileSync(path, BEFORE)
      const { text, badRows } = await run(path, moment, () =>
        appendFileSync(path, `live,0,${'x'.repeat(3000)}\n`.repeat(500)),
      )
      t.equal(badRows, 0, `${moment}`)
      t.ok(text === AFTER, `changed at ${moment}`)
    }
  },
)

t.test('a byte order mark alone is an empty file', async t => {
  const path = join(t.testdir(), 'a.csv')
  writeFileSync(path, '\ufeff')
  t.match(await run(path, 0, () => {}), { bad: [], badRows: 0 })
})

t.test('a row that is being written is no row yet', async t => {
  const path = join(t.testdir(), 'a.csv')
  for (const piece of ['live,0,xx', 'live,0,"x', 'live', 'live,0,"x"']) {
    writeFileSync(path, BEFORE + piece)
    const { text, bad } = await run(path, 0, () =>
      appendFileSync(path, `${piece.includes('"') ? '"' : ''}y\nmore,0,x\n`),
    )
    t.same(bad, [], piece)
    t.ok(text === AFTER, piece)
  }
})

t.test('when it was taken for a row, that is an error', async t => {
  const path = join(t.testdir(), 'a.csv')
  writeFileSync(path, `${BEFORE}live,0,xx`)
  await t.rejects(
    run(path, 0.7, () => appendFileSync(path, 'y\n')),
    { message: `${path}: its last row was being written: try again` },
  )
  writeFileSync(path, 'WatchID,Itera')
  await t.rejects(
    run(path, 0, () => appendFileSync(path, 'tion,X\nlive,0,x\n')),
    { message: `${path}: its first row was being written: try again` },
  )
})

t.test('a file that is written anew meanwhile is an error', async t => {
  const path = join(t.testdir(), 'a.csv')
  for (const moment of MOMENTS) {
    for (const value of ['other txt', 'another text']) {
      writeFileSync(path, BEFORE)
      const change = () => {
        truncateSync(path)
        appendFileSync(path, HEADER + rows(100_000, value))
      }
      await t.rejects(
        run(path, moment, change),
        { message: `${path}: it was written anew while it was read` },
        `${value} at ${moment}`,
      )
    }
  }
})

t.test('a file that is rotated after it was opened is read whole', async t => {
  const path = join(t.testdir(), 'a.csv')
  writeFileSync(path, BEFORE)
  const { text } = await run(path, 0.3, () => {
    renameSync(path, `${path}.1`)
    writeFileSync(path, `${HEADER}live,0,x\n`)
  })
  t.ok(text === AFTER)
})

t.test('a rotation while the files are opened is an error', async t => {
  const cwd = t.testdir({ 'a.csv': `${HEADER}a,0,x\n`, 'a.csv.1': HEADER })
  await runFile('mkfifo', ['pipe'], { cwd })
  const bin = join(__dirname, '../../../bin/mongowatch-csv.js')
  const args = ['aggr', 'a.csv', 'pipe', 'a.csv.1', '-o', 'out']
  const child = spawn(process.execPath, [bin, ...args], { cwd })
  const said = text(child.stderr)
  const ended = once(child, 'exit')
  const pipe = openSync(join(cwd, 'pipe'), 'w') // waits for its reader
  renameSync(join(cwd, 'a.csv'), join(cwd, 'a.csv.1'))
  writeFileSync(join(cwd, 'a.csv'), HEADER)
  writeSync(pipe, `${HEADER}p,0,x\n`)
  closeSync(pipe)
  t.same(await ended, [1, null])
  t.equal(
    await said,
    'mongowatch-csv: a.csv: it was moved while the files were opened: try again\n',
  )
  t.throws(() => readFileSync(join(cwd, 'out')), { code: 'ENOENT' })
})
