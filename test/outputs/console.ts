import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'

const CHILD = join(__dirname, '../fixtures/outputs-console.cjs')

interface Piped {
  readonly stdout: string
  readonly stderr: string
  readonly code: number | null
  readonly stats: { received: number; written: number; lost: number }
}

/** Runs the child with stdout going through a pipe into a shell command. */
function pipeInto(
  dir: string,
  reader: string,
  { options = {}, count = 100, bytes = 200 },
): Piped {
  const script = `{ "$0" "$1" "$2" "$3" "$4" "$5"; echo $? >"$6"; } | ${reader}`
  const stats = join(dir, 'stats.json')
  const code = join(dir, 'code')
  const args = JSON.stringify({ stream: 'stdout', ...options })
  const { stdout, stderr } = spawnSync(
    'sh',
    [
      '-c',
      script,
      process.execPath,
      CHILD,
      args,
      String(count),
      String(bytes),
      stats,
      code,
    ],
    { encoding: 'utf8', maxBuffer: 1e9 },
  )
  return {
    stdout,
    stderr,
    code: Number(readFileSync(code, 'utf8')),
    stats: JSON.parse(readFileSync(stats, 'utf8')),
  }
}

t.test('every record reaches a pipe, more than it can hold', async t => {
  const { stdout, stats } = pipeInto(t.testdir(), 'cat', { count: 5_000 })
  const ids = stdout.trim().split('\n')
  t.equal(ids.length, 5_000)
  t.same(JSON.parse(ids[4_999] ?? ''), {
    ...JSON.parse(ids[4_999] ?? ''),
    Seq: 5_000,
  })
  t.match(stats, { written: 5_000, lost: 0 })
})

t.test('a reader that begins late still gets every record', async t => {
  const { stdout } = pipeInto(t.testdir(), '(sleep 0.1; cat)', { count: 5_000 })
  t.equal(stdout.trim().split('\n').length, 5_000)
})

t.test('a reader that never reads stops nobody, and is counted', async t => {
  const { code, stats, stderr } = pipeInto(t.testdir(), 'sleep 4', {
    count: 5_000,
    options: { queue: { maxRecords: 1_000 } },
  })
  t.equal(code, 0)
  t.equal(stats.received, 5_000)
  t.ok(stats.lost > 0)
  t.equal(stats.written + stats.lost, 5_000)
  t.match(stderr, /Handler audit lost \d+ records: .+ \(MONGOWATCH_DROP\)/)
})

t.test('a reader that went away ends the handler only', async t => {
  const { code, stats } = pipeInto(t.testdir(), 'head -c 1000 >/dev/null', {
    count: 50_000,
  })
  t.equal(code, 0)
  t.equal(stats.written + stats.lost, 50_000)
})

t.test('a line that others could tear is cut on a pipe', async t => {
  const cut = pipeInto(t.testdir(), 'cat', { count: 3, bytes: 10_000 })
  for (const line of cut.stdout.trim().split('\n')) {
    t.equal(Buffer.byteLength(line), 4095)
    t.match(line, / \[cut \d+ bytes\]$/)
  }
  const whole = pipeInto(t.testdir(), 'cat', {
    count: 3,
    bytes: 300_000,
    options: { maxLineBytes: 0 },
  })
  const lines = whole.stdout.trim().split('\n')
  t.equal(lines.length, 3)
  for (const line of lines) t.equal(JSON.parse(line).Operation, 'insertOne')
})

t.test('a file is not a pipe: nothing is cut', async t => {
  const { stdout } = pipeInto(t.testdir({ out: '' }), 'cat', { count: 1 })
  t.equal(stdout.split('\n').length, 2)
  const out = join(t.testdirName, 'out')
  execFileSync(
    'sh',
    [
      '-c',
      `"$0" "$1" '{"stream":"stdout"}' 2 10000 >"$2"`,
      process.execPath,
      CHILD,
      out,
    ],
    { stdio: 'ignore' },
  )
  const lines = readFileSync(out, 'utf8').trim().split('\n')
  t.equal(lines.length, 2)
  for (const line of lines) t.ok(JSON.parse(line).Filter.length > 9_000)
})

t.test('colours only where they are wanted', async t => {
  const run = (env: Record<string, string>, color = 'auto') =>
    new Promise<string>(resolve => {
      const child = spawn(
        process.execPath,
        [CHILD, JSON.stringify({ stream: 'stderr', color }), '1', '200'],
        { env: { ...env }, stdio: ['ignore', 'ignore', 'pipe'] },
      )
      let text = ''
      child.stderr?.on('data', chunk => {
        text += chunk
      })
      child.on('close', () => resolve(text))
    })
  t.notMatch(await run({}), '\x1b[')
  t.match(await run({}, 'always'), '\x1b[')
  t.match(await run({ FORCE_COLOR: '1' }), '\x1b[')
  t.notMatch(await run({ FORCE_COLOR: '1' }, 'never'), '\x1b[')
})
