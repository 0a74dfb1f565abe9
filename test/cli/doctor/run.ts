import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { commandLine } from '../../fixtures/command-line.ts'

const PACKAGE = resolve(__dirname, '../../..')
const REGISTER = join(PACKAGE, 'register.cjs')

const doctor = (cwd: string, env = {}, args: string[] = []) =>
  commandLine('mongowatch', ['doctor', ...args], {
    cwd,
    env: { HOME: cwd, ...env },
  })

t.test('nothing is set', async t => {
  const { code, stdout, stderr } = await doctor(t.testdir({}))
  t.equal(code, 0)
  t.equal(stderr, '')
  t.match(stdout, /^ok {4}mongowatch \S+ with Node \d+/)
  t.match(stdout, 'note  NODE_OPTIONS is not set here\n')
  t.match(stdout, 'note  programs started here are not watched')
})

t.test('programs here are watched', async t => {
  const cwd = t.testdir({})
  const watched = await doctor(cwd, { NODE_OPTIONS: `--require=${REGISTER}` })
  t.match(watched.stdout, 'ok    programs started here are watched, by ')
  t.equal(watched.stderr, '')
  const off = await doctor(cwd, {
    NODE_OPTIONS: `--require=${REGISTER}`,
    MONGOWATCH_DISABLED: '1',
  })
  t.match(off.stdout, 'note  MONGOWATCH_DISABLED=1 switches mongowatch off\n')
  t.match(off.stdout, 'note  programs started here are not watched')
})

t.test('a folder in the place of a file is told', async t => {
  const cwd = t.testdir({})
  const file = { class: 'file', filename: cwd }
  const config = join(cwd, 'c.yaml')
  writeFileSync(config, JSON.stringify({ version: 1, handlers: { file } }))
  const { code, stdout } = await doctor(cwd, { MONGOWATCH_CONFIG: config })
  t.equal(code, 1)
  t.match(stdout, `handler file: ${cwd} is a directory`)
})

t.test('every driver that is found is tried', async t => {
  const cwd = t.testdir({
    app: { 'server.js': '', node_modules: { inner: { node_modules: {} } } },
  })
  const modules = join(cwd, 'app/node_modules')
  symlinkSync(join(PACKAGE, 'node_modules/mongodb'), join(modules, 'mongodb'))
  const old = join(modules, 'inner/node_modules/mongodb')
  mkdirSync(old)
  writeFileSync(join(old, 'package.json'), '{"version": "3.7.4"}')
  const { code, stdout } = await doctor(cwd, {}, ['app/server.js'])
  t.equal(code, 1)
  t.match(stdout, /^ok {4}driver 7\.\S+ \(.*\/mongodb\) would be watched$/m)
  t.match(
    stdout,
    /^bad {3}driver 3\.7\.4 \(.*\) is of a version that mongowatch does not watch$/m,
  )
})

t.test('the configuration, its mistakes and its files', async t => {
  const cwd = t.testdir({ log: {} })
  const write = (filename: string, more = {}) => {
    const audit = { class: 'file', filename: join(cwd, filename) }
    const config = { version: 1, handlers: { audit }, ...more }
    writeFileSync(join(cwd, 'mongowatch.yaml'), JSON.stringify(config))
  }
  write('log/audit.jsonl')
  const fine = await doctor(cwd)
  t.match(fine.stdout, `ok    configuration: ${join(cwd, 'mongowatch.yaml')}\n`)
  t.match(
    fine.stdout,
    `ok    handler audit: ${join(cwd, 'log/audit.jsonl')} can be written\n`,
  )
  write('log/audit.jsonl', { hanlders: {} })
  const wrong = await doctor(cwd)
  t.equal(wrong.code, 1)
  t.match(
    wrong.stdout,
    'bad   1 mistake in the configuration: mongowatch check-config says which\n',
  )
})

t.test('nobody can make a file in a folder of the kernel', async t => {
  const cwd = t.testdir({})
  for (const filename of ['/proc/x/audit.jsonl', '/sys/audit.jsonl']) {
    const audit = { class: 'file', filename }
    const config = { version: 1, handlers: { audit } }
    writeFileSync(join(cwd, 'mongowatch.yaml'), JSON.stringify(config))
    const { code, stdout } = await doctor(cwd)
    t.equal(code, 1)
    t.match(stdout, `bad   handler audit: ${filename} cannot be written`)
  }
})

t.test('a stub that is missing is found before programs fail', async t => {
  const cwd = t.testdir({})
  const env = { HOME: cwd }
  const stub = join(cwd, 'stub/register.cjs')
  const args = ['--install', 'env', '--stub', stub, '--yes']
  await commandLine('mongowatch-install-mask', args, { cwd, env })
  rmSync(stub)
  const { code, stdout } = await doctor(cwd)
  t.equal(code, 1)
  t.match(stdout, `ok    installed: env:${join(cwd, '.env')} (`)
  t.match(stdout, /^bad {3}.* is missing, so programs that get NODE_OPTIONS/m)
})

t.test('a script that is not there', async t => {
  const cwd = t.testdir({ 'app.js': '', folder: { 'index.js': '' } })
  t.same(await doctor(cwd, {}, ['nothere.js']), {
    code: 1,
    stdout: '',
    stderr: 'mongowatch: nothere.js: node finds no such script\n',
  })
  for (const name of ['app.js', 'app', 'folder', './folder']) {
    t.equal((await doctor(cwd, {}, [name])).code, 0, name)
  }
})
