import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import t from 'tap'
import { commandLine, runFile } from '../../fixtures/command-line.ts'
import { ROOT } from '../../fixtures/run.ts'

/** Where the demo leaves its file. */
const env = { TMPDIR: t.testdir() }
const piped = commandLine('mongowatch', ['demo'], { env })

t.test('the demo shows every record of the file, plain on a pipe', async t => {
  const { code, stdout, stderr } = await piped
  t.equal(stderr, '')
  t.equal(code, 0)
  t.notMatch(stdout, '\x1b')
  const lines = stdout.split('\n')
  const path = /One JSON line each: (.+)/.exec(stdout)?.[1] ?? ''
  const records = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  const operations = records.filter(record => !record.Operation.startsWith('$'))
  const rows = lines.filter(line => /^[✓✗]/u.test(line))
  t.equal(rows.length, operations.length)
  operations.forEach((record, i) => {
    const call = `${record.Collection ?? 'client'}.${record.Operation} `
    t.equal(rows[i]?.slice(2, 2 + call.length), call)
  })
  const { seen, recorded, handlers } = records.at(-1).Options
  t.equal(recorded, seen)
  t.equal(handlers.records.lost, 0)
  t.match(
    stdout,
    `${rows.length} calls of the shop, ${seen} operations in the driver (batches count): ${seen} recorded, 0 lost`,
  )
})

t.test('the demo shows what one comes for', async t => {
  const { stdout } = await piped
  for (const row of [
    /✓ products\.insertMany +[\d.]+ m?s {2}20 inserted/,
    /✗ customers\.insertOne +[\d.]+ m?s {2}failed: 11000 +E11000/,
    /✓ products\.bulkWrite +[\d.]+ m?s {2}9 modified, 1 deleted/,
    /✓ orders\.find +[\d.]+ m?s {2}450 read in 4 batches/,
    /✓ orders\.find +[\d.]+ m?s {2}closed: 4 of 50/,
    /✓ products\.findOneAndUpdate +[\d.]+ m?s {2}1 modified +\{"sku":"COF-1"\} → \{"\$inc":\{"stock":-1\}\}/,
    /✓ orders\.deleteMany +[\d.]+ m?s {2}\d+ deleted/,
  ])
    t.match(stdout, row)
})

t.test('on a terminal the demo is coloured and not wider', async t => {
  const command = `stty cols 60; ${process.execPath} ${ROOT}/bin/mongowatch.js demo`
  const args = ['--quiet', '--return', '--command', command, '/dev/null']
  const { code, stdout } = await runFile('script', args, {
    env: { ...env, TERM: 'xterm' },
  })
  t.equal(code, 0)
  t.match(stdout, '\x1b[31m✗')
  const rows = stripVTControlCharacters(stdout)
    .split(/\r?\n/)
    .filter(line => /^[✓✗]/u.test(line))
  t.ok(rows.length > 20)
  t.same(
    rows.filter(row => row.length > 60),
    [],
  )
})

t.test('a driver is needed, and the message says how to get one', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'mongowatch-alone-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  for (const part of ['bin', 'dist'])
    cpSync(join(ROOT, part), join(folder, part), { recursive: true })
  const args = [join(folder, 'bin/mongowatch.js'), 'demo']
  const { code, stdout, stderr } = await runFile(process.execPath, args, {
    cwd: folder,
  })
  t.same({ code, stdout }, { code: 1, stdout: '' })
  t.match(stderr, /^mongowatch: .*npm install mongodb\n$/)
})
