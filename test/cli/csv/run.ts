import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  chmodSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { commandLine, runFile } from '../../fixtures/command-line.ts'

const A = '6745ab000000000000000001'
const B = '6745ab000000000000000002'
const HEADER = 'WatchID,Iteration,DB,Filter'
const INPUT = [
  HEADER,
  `${B},0,shop,"{""a"":1}"`,
  `${A},final,shop,"{""a"":""x,y""}"`,
  `${B},final(2),shop,"{""a"":3}"`,
  `${B},1,shop,"{""a"":2}"`,
  '',
].join('\n')
const OUTPUT = [
  HEADER,
  `${B},final(2),shop,"{""a"":3}"`,
  `${A},final,shop,"{""a"":""x,y""}"`,
  '',
].join('\n')

const csv = (args: string[], options = {}) =>
  commandLine('mongowatch-csv', ['aggregate', ...args], options)

t.test('standard input to standard output', async t => {
  const done = { code: 0, stdout: OUTPUT, stderr: '' }
  t.same(await csv([], { input: INPUT }), done)
  t.same(await csv(['-'], { input: INPUT }), done)
  t.same(await commandLine('mongowatch-csv', ['aggr'], { input: INPUT }), done)
})

t.test('files, with the header of each, are one input', async t => {
  const cwd = t.testdir({
    'one.csv': `${HEADER}\n${A},0,shop,1\n${B},3,shop,2\n`,
    'two.csv': `${HEADER}\r\n${A},1,shop,"3"`,
    'empty.csv': '',
  })
  const { code, stdout } = await csv(['empty.csv', 'one.csv', 'two.csv'], {
    cwd,
  })
  t.equal(code, 0)
  t.equal(stdout, `${HEADER}\n${A},1,shop,"3"\r\n${B},3,shop,2\n`)
})

t.test('no input, no output', async t => {
  t.same(await csv([]), { code: 0, stdout: '', stderr: '' })
})

t.test('a file without header, with a byte order mark or CR LF', async t => {
  const rows = `${A},0,x\r\n${A},1,y`
  t.equal((await csv([], { input: rows })).stdout, `${A},1,y\r\n`)
  const marked = `\ufeffWatchID,Iteration,V\r\n${rows}`
  t.equal(
    (await csv([], { input: marked })).stdout,
    `WatchID,Iteration,V\r\n${A},1,y\r\n`,
  )
})

t.test("pymongowatch's rows, with a column in front", async t => {
  const input = `WatcherName,WatchID,Iteration\nc,${A},0\nc,${A},final\nd,${B},0\n`
  const output = `WatcherName,WatchID,Iteration\nc,${A},final\nd,${B},0\n`
  t.equal((await csv([], { input })).stdout, output)
  const bare = input.slice(input.indexOf('\n') + 1)
  const { stdout } = await csv(['-w', '2', '-t', '3'], { input: bare })
  t.equal(stdout, `c,${A},final\nd,${B},0\n`)
})

t.test('any text is a WatchID, any bytes are kept', async t => {
  const input = Buffer.concat([
    Buffer.from('query 1,0,'),
    Buffer.from([0xff, 0xfe, 0x00]),
    Buffer.from('\nquery 1,1,'),
    Buffer.from([0x80, 0xc3]),
    Buffer.from('\n'),
  ])
  const cwd = t.testdir({})
  await csv(['-o', 'out'], { input, cwd })
  const expected = Buffer.concat([
    Buffer.from('query 1,1,'),
    Buffer.from([0x80, 0xc3, 0x0a]),
  ])
  t.same(readFileSync(join(cwd, 'out')), expected)
})

t.test('--dialect writes the rows anew', async t => {
  const rows = async (dialect: string, input: string) =>
    (await csv(['-d', dialect], { input })).stdout
  t.equal(
    await rows('unix', `${A},0,a b\n${A},1,"x""y"\n`),
    `"${A}","1","x""y"\n`,
  )
  t.equal(await rows('excel', `"${A}","1","a, b"\n`), `${A},1,"a, b"\r\n`)
  t.equal(await rows('excel-tab', `${A}\t1\t"a,\tb"\n`), `${A}\t1\t"a,\tb"\r\n`)
  t.equal(await rows('excel', ''), '')
})

t.test('tabs are seen without --dialect', async t => {
  const input = `WatchID\tIteration\n${A}\t0\n${A}\t1\n`
  t.equal((await csv([], { input })).stdout, `WatchID\tIteration\n${A}\t1\n`)
})

t.test('bad rows are reported, left out, and an exit code', async t => {
  const input = [
    HEADER,
    `${A},0,shop,1`,
    `${A},1`,
    `${A},newest,shop,1`,
    ',1,shop,1',
    `${A},2,shop,"{""torn`,
    `${B},0,shop,"{""a"":1}"`,
    HEADER,
    '',
    `${A},3,shop,"x"y`,
    `${A},4,shop,"open`,
  ].join('\n')
  const { code, stdout, stderr } = await csv([], { input })
  t.equal(code, 1)
  t.equal(stdout, `${HEADER}\n${A},0,shop,1\n${B},0,shop,"{""a"":1}"\n`)
  t.same(
    stderr.split('\n').map(line => line.replace(/byte \d+/, 'byte N')),
    [
      'standard input: bad row at byte N: 2 columns instead of 4',
      'standard input: bad row at byte N: its Iteration is no number, final or final(n)',
      'standard input: bad row at byte N: its WatchID is empty',
      'standard input: bad row at byte N: text after a closing quote',
      'standard input: bad row at byte N: text after a closing quote',
      'standard input: bad row at byte N: a quote is never closed',
      'mongowatch-csv: 6 rows left out of the result',
      '',
    ],
  )
})

t.test('of many bad rows ten are shown and all are counted', async t => {
  const { code, stderr } = await csv([], {
    input: `${HEADER}\n${'x\n'.repeat(25)}`,
  })
  t.equal(code, 1)
  t.equal(
    stderr.split('\n').filter(line => line.includes('bad row')).length,
    10,
  )
  t.match(stderr, '... and more\nmongowatch-csv: 25 rows left out')
})

t.test('--in-place replaces each file and keeps its mode', async t => {
  const cwd = t.testdir({ 'a.csv': INPUT, 'b.csv': `${A},0,x\n${A},1,x\n` })
  chmodSync(join(cwd, 'a.csv'), 0o640)
  symlinkSync('b.csv', join(cwd, 'link.csv'))
  const { code, stdout, stderr } = await csv(['-i', 'a.csv', 'link.csv'], {
    cwd,
  })
  t.same({ code, stdout }, { code: 0, stdout: '' })
  t.equal(
    stderr,
    'a.csv: 4 rows, 2 operations\nlink.csv: 2 rows, 1 operation\n',
  )
  t.equal(readFileSync(join(cwd, 'a.csv'), 'utf8'), OUTPUT)
  t.equal(statSync(join(cwd, 'a.csv')).mode & 0o777, 0o640)
  t.equal(readFileSync(join(cwd, 'b.csv'), 'utf8'), `${A},1,x\n`)
  t.same(readdirSync(cwd).sort(), ['a.csv', 'b.csv', 'link.csv'])
})

t.test('--in-place leaves a file with a bad row as it is', async t => {
  const cwd = t.testdir({ 'a.csv': `${INPUT}bad\n` })
  const { code, stderr } = await csv(['-i', 'a.csv'], { cwd })
  t.equal(code, 1)
  t.match(
    stderr,
    'mongowatch-csv: a.csv: 1 row cannot be read, so it was left as it is\n',
  )
  t.equal(readFileSync(join(cwd, 'a.csv'), 'utf8'), `${INPUT}bad\n`)
  t.same(readdirSync(cwd), ['a.csv'])
})

t.test('-o replaces its file, which may be the input', async t => {
  const cwd = t.testdir({ 'a.csv': INPUT })
  const { code, stderr } = await csv(['a.csv', '-o', 'a.csv'], { cwd })
  t.same({ code, stderr }, { code: 0, stderr: 'a.csv: 4 rows, 2 operations\n' })
  t.equal(readFileSync(join(cwd, 'a.csv'), 'utf8'), OUTPUT)
  t.equal((await csv(['a.csv', '-o', '/dev/null'], { cwd })).code, 0)
})

t.test('a named pipe is an input', async t => {
  const cwd = t.testdir({ 'a.csv': INPUT })
  const bin = join(__dirname, '../../../bin/mongowatch-csv.js')
  const line = `"${process.execPath}" "${bin}" aggr <(cat a.csv)`
  t.equal((await runFile('bash', ['-c', line], { cwd })).stdout, OUTPUT)
})

t.test('mistakes are one line', async t => {
  const cwd = t.testdir({ 'a.csv': INPUT, 'b.csv': 'WatchID,Iteration\n' })
  const cases: [string[], number, string][] = [
    [['none.csv'], 1, 'mongowatch-csv: none.csv: no such file or directory\n'],
    [['.'], 1, 'mongowatch-csv: .: it is a directory\n'],
    [
      ['a.csv', 'b.csv'],
      1,
      'mongowatch-csv: b.csv: its columns are not those of a.csv\n',
    ],
    [
      ['a.csv', '-o', 'none/x'],
      1,
      'mongowatch-csv: none/x: no such file or directory\n',
    ],
    [
      ['-i'],
      2,
      'mongowatch-csv: --in-place needs files, not standard input\nTry: mongowatch-csv aggregate --help\n',
    ],
    [
      ['-i', '-o', 'x', 'a.csv'],
      2,
      'mongowatch-csv: --in-place and --output cannot be used together\nTry: mongowatch-csv aggregate --help\n',
    ],
  ]
  for (const [args, code, stderr] of cases) {
    t.same(await csv(args, { cwd }), { code, stdout: '', stderr })
  }
})

t.test('a large row and a large file', async t => {
  const cwd = t.testdir({})
  const file = join(cwd, 'a.csv')
  const long = 'x'.repeat(3_000_000)
  writeFileSync(file, `${A},0,"${long}"\n${B},0,y\n`)
  for (let i = 1; i < 40; i++) {
    appendFileSync(file, `${A},${i},y\n${B},${i},"${'"",\n'.repeat(30_000)}"\n`)
  }
  appendFileSync(file, `${A},final,"${long}"\n`)
  t.equal((await csv(['-i', 'a.csv'], { cwd })).code, 0)
  t.equal(
    readFileSync(file, 'utf8'),
    `${A},final,"${long}"\n${B},39,"${'"",\n'.repeat(30_000)}"\n`,
  )
})

t.test('Ctrl-C leaves nothing behind', async t => {
  const cwd = t.testdir({})
  const file = join(cwd, 'a.csv')
  const before = `${A},0,${'x'.repeat(500)}\n`.repeat(100_000)
  writeFileSync(file, before)
  const bin = join(__dirname, '../../../bin/mongowatch-csv.js')
  const child = spawn(process.execPath, [bin, 'aggr', '-i', 'a.csv'], { cwd })
  const ended = once(child, 'exit')
  while (readdirSync(cwd).length < 2 && child.exitCode === null) await sleep(1)
  child.kill('SIGINT')
  const [code, signal] = await ended
  t.same({ code, signal }, { code: null, signal: 'SIGINT' })
  t.same(readdirSync(cwd), ['a.csv'])
  t.ok(readFileSync(file, 'utf8') === before, 'the file is as it was')
})

t.test('more files than a process may have open', async t => {
  const names = Array.from({ length: 300 }, (_, at) => `${1000 + at}.csv`)
  const file = (at: number) => `${HEADER}\n${A},${at},shop,\nid${at},0,shop,\n`
  const cwd = t.testdir(
    Object.fromEntries(names.map((name, at) => [name, file(at)])),
  )
  const bin = resolve(__dirname, '../../../bin/mongowatch-csv.js')
  const line = `ulimit -n 128; "${process.execPath}" "${bin}" aggregate *.csv`
  const { code, stdout, stderr } = await runFile('sh', ['-c', line], { cwd })
  t.same({ code, stderr }, { code: 0, stderr: '' })
  t.same(stdout.split('\n'), [
    HEADER,
    `${A},299,shop,`,
    ...names.map((_, at) => `id${at},0,shop,`),
    '',
  ])
})
