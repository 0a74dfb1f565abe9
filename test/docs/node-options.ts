// What docs/containers.md says about NODE_OPTIONS, one sentence each.
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { runFile } from '../fixtures/command-line.ts'
import { unlessInstalled } from '../fixtures/has-program.ts'
import { ROOT } from '../fixtures/run.ts'

const PAGE = readFileSync(join(ROOT, 'docs/containers.md'), 'utf8')

/** The sentence has to stand in the page. */
function says(t: Test, sentence: string): void {
  t.ok(PAGE.includes(sentence), sentence)
}

const SHOW = ['-e', 'console.log(process.env.NODE_OPTIONS, globalThis.here)']

async function node(options: string, cwd: string): Promise<string> {
  const env = { NODE_OPTIONS: options }
  const done = await runFile(process.execPath, SHOW, { cwd, env })
  return done.code === 0 ? done.stdout.trim() : `exit ${done.code}`
}

t.test('paths in NODE_OPTIONS', async t => {
  // not below this package, which finds itself by its name
  const outside = mkdtempSync(join(tmpdir(), 'mongowatch-'))
  t.teardown(() => rmSync(outside, { recursive: true }))
  const folder = join(outside, 'my app')
  mkdirSync(join(folder, 'node_modules/mongowatch'), { recursive: true })
  const file = join(folder, 'node_modules/mongowatch/register.js')
  writeFileSync(file, 'globalThis.here = true')
  says(t, 'A path with spaces needs a second pair for Node')
  t.match(await node(`--require="${file}"`, folder), /true$/)
  t.equal(await node(`--require=${file}`, folder), 'exit 1')
  says(
    t,
    '`--require mongowatch/register` is looked for from the working folder',
  )
  t.match(await node('--require mongowatch/register', folder), /true$/)
  t.equal(await node('--require mongowatch/register', '/'), 'exit 1')
  says(t, 'exit code 1, for every Node program, npm too')
  const env = { NODE_OPTIONS: '--require=/gone.cjs' }
  const { code } = await runFile('npm', ['--version'], { env })
  t.equal(code, 1)
})

t.test('npm passes it on', async t => {
  says(t, 'npm has the variable and passes it on')
  const cwd = t.testdir({
    'package.json': JSON.stringify({
      scripts: { start: 'node -p process.env.NODE_OPTIONS' },
    }),
  })
  const env = { NODE_OPTIONS: '--no-warnings', HOME: cwd }
  const done = await runFile('npm', ['start', '--silent'], { cwd, env })
  t.equal(done.stdout.trim(), '--no-warnings')
})

t.test(
  'a login as somebody else drops it',
  { skip: process.getuid?.() === 0 ? unlessInstalled('su') : 'not root' },
  async t => {
    says(t, '`sudo` and `su -` in a start script drop it')
    const env = { NODE_OPTIONS: '--no-warnings' }
    const show = ['nobody', '-s', '/bin/sh', '-c', 'echo "[$NODE_OPTIONS]"']
    const login = await runFile('su', ['-', ...show], { env, cwd: '/' })
    t.equal(login.stdout.trim(), '[]')
    const kept = await runFile('su', show, { env, cwd: '/' })
    t.equal(kept.stdout.trim(), '[--no-warnings]')
  },
)

t.test('a process has it in /proc', async t => {
  says(t, "`tr '\\0' '\\n' < /proc/PID/environ` what a process has")
  const done = await runFile(
    'sh',
    ['-c', "tr '\\0' '\\n' < /proc/self/environ"],
    { env: { NODE_OPTIONS: '--a --b' } },
  )
  t.match(done.stdout, /^NODE_OPTIONS=--a --b$/m)
})

t.test(
  'how systemd reads an assignment',
  { skip: unlessInstalled('systemd-analyze') },
  async t => {
    says(t, 'Quotes are around the whole assignment. A `%` is written `%%`.')
    const [, unit = ''] =
      /## A systemd unit[\s\S]*?```ini\n([\s\S]*?)```/.exec(PAGE) ?? []
    const verify = async (assignment: string) => {
      const text = unit.replace(/^Environment="NODE.*$/m, assignment)
      const file = join(t.testdir({ 'x.service': text }), 'x.service')
      const { stderr } = await runFile('systemd-analyze', ['verify', file])
      return stderr
    }
    t.equal(await verify('Environment="NODE_OPTIONS=--a --b=50%%"'), '')
    t.match(await verify('Environment=NODE_OPTIONS=--a --b'), /--b/)
    t.match(await verify('Environment="NODE_OPTIONS=--b=%Q"'), /%Q/)
  },
)
