import { spawn } from 'node:child_process'
import { appendFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { commandLine } from '../../fixtures/command-line.ts'
import { inTerminal, KEYS } from '../../fixtures/terminal.ts'

const record = (Collection: string) =>
  `${JSON.stringify({ StartTime: '2026-11-25T01:02:03.456Z', Collection, Operation: 'find', Outcome: 'success' })}\n`

const tail = (args: string[], options = {}) =>
  commandLine('mongowatch', ['tail', ...args], options)

t.test('the last ten records, or as many as are asked for', async t => {
  const text = Array.from({ length: 20 }, (_, i) => record(`c${i}`)).join('')
  const cwd = t.testdir({ 'a.jsonl': text })
  const collections = async (...args: string[]) => {
    const { code, stdout } = await tail(['a.jsonl', ...args], { cwd })
    t.equal(code, 0)
    return [...stdout.matchAll(/c(\d+)\.find/g)].map(match => Number(match[1]))
  }
  t.same(await collections(), [10, 11, 12, 13, 14, 15, 16, 17, 18, 19])
  t.same(await collections('-n', '2'), [18, 19])
  t.same(await collections('-n', '0'), [])
  t.same(
    await collections('-n', '2', '--match', '{Collection: {$regex: "[05]$"}}'),
    [10, 15],
  )
})

t.test('a last line without end is one of them', async t => {
  const cwd = t.testdir({ 'a.jsonl': `${record('a')}${record('b').trim()}` })
  const last = async (count: string) =>
    (await tail(['--json', '-n', count, 'a.jsonl'], { cwd })).stdout
  t.equal(await last('2'), record('a') + record('b'))
  t.equal(await last('1'), record('b'))
  t.equal(await last('0'), '')
})

t.test('--json prints lines as they stand', async t => {
  const cwd = t.testdir({ 'a.jsonl': record('a') + record('b') })
  const { stdout } = await tail(
    ['--json', '-m', '{Collection: b}', 'a.jsonl'],
    { cwd },
  )
  t.equal(stdout, record('b'))
})

t.test('without a file, those of the configuration', async t => {
  const cwd = t.testdir({ 'a.jsonl': record('a') })
  const handler = {
    class: 'file',
    filename: join(cwd, 'a.jsonl'),
    formatter: 'json',
  }
  const config = {
    version: 1,
    formatters: { json: { type: 'json' } },
    handlers: { a: handler },
  }
  writeFileSync(join(cwd, 'c.yaml'), JSON.stringify(config))
  const env = { MONGOWATCH_CONFIG: join(cwd, 'c.yaml') }
  t.match((await tail([], { cwd, env })).stdout, 'a.find')
  const none = await tail([], { cwd })
  t.equal(none.code, 1)
  t.equal(
    none.stderr,
    'mongowatch: the configuration here writes no file; name one\n',
  )
})

t.test('mistakes are one line', async t => {
  const cwd = t.testdir({})
  t.same(await tail(['none'], { cwd }), {
    code: 1,
    stdout: '',
    stderr: 'mongowatch: none: no such file or directory\n',
  })
  t.equal((await tail(['-m', 'x', 'none'], { cwd })).code, 2)
})

t.test('--follow goes on through a rotation', async t => {
  const cwd = t.testdir({ 'a.jsonl': record('first') })
  const file = join(cwd, 'a.jsonl')
  const bin = join(__dirname, '../../../bin/mongowatch.js')
  const child = spawn(process.execPath, [bin, 'tail', '-f', file])
  let shown = ''
  child.stdout.on('data', chunk => {
    shown += chunk
  })
  const until = async (text: string) => {
    while (!shown.includes(text) && child.exitCode === null) await sleep(10)
    t.match(shown, text)
  }
  await until('first.find')
  appendFileSync(file, record('second'))
  await until('second.find')
  renameSync(file, `${file}.1`)
  appendFileSync(`${file}.1`, record('third'))
  writeFileSync(file, record('fourth'))
  await until('fourth.find')
  const calls = [...shown.matchAll(/(\w+)\.find/g)].map(match => match[1])
  t.same(calls, ['first', 'second', 'third', 'fourth'])
  child.kill()
})

t.test('in a terminal it is coloured, and Ctrl-C ends it', async t => {
  const cwd = t.testdir({ 'a.jsonl': record('a') })
  const { output, code } = await inTerminal(
    'mongowatch',
    ['tail', '-f', 'a.jsonl'],
    [
      ['expect', 'a.find'],
      ['send', KEYS.ctrlC],
    ],
    { cwd },
  )
  t.equal(code, -2, 'ended by SIGINT')
  t.ok(output.includes('\u001b[32m✓'))
})
