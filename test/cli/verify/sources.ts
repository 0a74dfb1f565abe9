import { spawn, spawnSync } from 'node:child_process'
import {
  linkSync,
  readFileSync,
  renameSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { verifyLive } from '../../../src/cli/verify/verify-live.ts'
import { trailIn, writeChained } from '../../fixtures/chained-files.ts'
import { commandLine } from '../../fixtures/command-line.ts'

const verify = (args: readonly string[], input?: Uint8Array) =>
  commandLine('mongowatch', ['verify', ...args], input ? { input } : {})

const ONE = /^intact: 1 file, 13 lines, 1 writer\n$/

async function oneFile(t: Test): Promise<string> {
  const filename = join(t.testdir(), 'audit.jsonl')
  await writeChained({ filename, count: 10, options: { integrity: 'chain' } })
  return filename
}

async function severalFiles(t: Test): Promise<string[]> {
  const folder = t.testdir()
  const filename = join(folder, 'audit.jsonl')
  const options = { integrity: 'chain', max_bytes: 5_000 }
  const writer = { filename, count: 60, pauseMs: 1 }
  await writeChained({
    ...writer,
    options: { ...options, guarantee: 'written' },
  })
  return trailIn(folder)
}

t.test('the standard input, plain or compressed', async t => {
  const bytes = readFileSync(await oneFile(t))
  t.match(await verify(['-'], bytes), { code: 0, stdout: ONE })
  t.match(await verify(['-'], gzipSync(bytes)), { code: 0, stdout: ONE })
  const cut = await verify(['-'], bytes.subarray(0, -300))
  t.match(cut, { code: 0, stdout: /note: .*stops at its line/ })
  const changed = Buffer.from(bytes)
  changed[600] = 0x78
  t.match(await verify(['-'], changed), { code: 1, stdout: /^-:2: edited/ })
})

t.test('pipes are read once', async t => {
  const files = await severalFiles(t)
  const pipes = files.map((file, i) => {
    const pipe = join(t.testdirName, `pipe-${i}`)
    spawnSync('mkfifo', [pipe])
    spawn('sh', ['-c', 'cat "$0" >"$1"', file, pipe])
    return pipe
  })
  const { fault, notes } = await verifyLive(pipes, undefined)
  t.same([fault, notes], [undefined, []])
})

t.test('compressed data under any name', async t => {
  const filename = await oneFile(t)
  writeFileSync(filename, gzipSync(readFileSync(filename)))
  t.match(await verify([filename]), { code: 0, stdout: ONE })
})

t.test('one file that is named in several ways is one', async t => {
  const filename = await oneFile(t)
  linkSync(filename, `${filename}.linked`)
  symlinkSync(filename, `${filename}.symbolic`)
  const near = relative(process.cwd(), filename)
  const names = [filename, near, `${filename}.linked`, `${filename}.symbolic`]
  t.match(await verify(names), { code: 0, stdout: ONE })
})

t.test('a compressed file beside its plain predecessor', async t => {
  const filename = await oneFile(t)
  writeFileSync(`${filename}.gz`, gzipSync(readFileSync(filename)))
  const near = relative(process.cwd(), filename)
  t.match(await verify([near, `${filename}.gz`]), { code: 0, stdout: ONE })
})

t.test('a file that was compressed since it was listed', async t => {
  const files = await severalFiles(t)
  const [first = ''] = files
  writeFileSync(`${first}.gz`, gzipSync(readFileSync(first)))
  unlinkSync(first)
  t.match(await verifyLive(files, undefined), { fault: undefined, notes: [] })
})

t.test('a file that was rotated since it was listed', async t => {
  const files = await severalFiles(t)
  const filename = files.at(-1) ?? ''
  renameSync(filename, `${filename}.20990101T000000.000Z-1`)
  spawnSync('mkfifo', [`${filename}.0`]) // nobody writes to it
  await writeChained({ filename, count: 5, options: { integrity: 'chain' } })
  const { fault, notes } = await verifyLive(files, undefined)
  t.equal(fault, undefined)
  t.match(notes, [/20990101T000000.000Z-1 was not given/])
})

t.test('a file that was removed since it was listed', async t => {
  const files = await severalFiles(t)
  t.ok(files.length > 3)
  unlinkSync(files[0] ?? '')
  const { fault, notes } = await verifyLive(files, undefined)
  t.equal(fault, undefined)
  t.match(notes, [/is not there any more/, /oldest file follows one/])
  unlinkSync(files[2] ?? '')
  const { fault: gap } = await verifyLive(files, undefined)
  t.match(gap, { kind: 'removed', file: files[3] })
})

t.test('files that are written and rotated meanwhile', async t => {
  const folder = t.testdir()
  const filename = join(folder, 'audit.jsonl')
  const options = { integrity: 'chain', max_bytes: 20_000 }
  const writer = { filename, count: 2_000, options, pauseMs: 15 }
  let isDone = false
  const done = writeChained(writer, writer).then(() => {
    isDone = true
  })
  let looks = 0
  while (!isDone) {
    const files = trailIn(folder).filter(Boolean)
    await new Promise(resolve => setTimeout(resolve, 30))
    if (files[0] === folder) continue // nothing is there yet
    const { fault } = await verifyLive(files, undefined)
    t.equal(fault, undefined)
    looks++
  }
  await done
  t.ok(looks > 2, `${looks} times`)
})

t.test('what a handler leaves beside its files is told when old', async t => {
  const filename = await oneFile(t)
  const drafts = [`${filename}.1.gz.tmp`, `${filename}.lock`]
  for (const draft of drafts) writeFileSync(draft, 'half')
  t.match(await verify([filename, ...drafts]), { code: 0, stdout: ONE })
  utimesSync(drafts[0] ?? '', 0, 0)
  const { code, stdout } = await verify([filename, ...drafts])
  t.equal(code, 0)
  t.match(stdout, /note: .*audit\.jsonl\.1\.gz\.tmp is a draft of long ago/)
})

t.test('a name that is no file is told as one', async t => {
  const filename = await oneFile(t)
  const { code, stderr } = await verify([filename, `${filename}.none`])
  t.equal(code, 2)
  t.match(stderr, /audit\.jsonl\.none: no such file/)
})
