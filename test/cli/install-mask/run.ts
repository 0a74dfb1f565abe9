import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { commandLine, runFile } from '../../fixtures/command-line.ts'
import { BOUND } from '../../fixtures/mask.ts'

const PACKAGE = resolve(__dirname, '../../..')
const OPTION = '--require=/var/lib/mongowatch/register.cjs'

/** Runs the command below a root; nothing of this machine is touched. */
const mask = (root: string, ...args: string[]) =>
  commandLine('mongowatch-install-mask', ['--root', root, ...args], {
    cwd: root,
    env: { HOME: '/home/me' },
  })

/** Every path below a folder with its kind and content. */
function tree(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return Object.fromEntries(
    names.sort().map(name => {
      const stat = lstatSync(join(folder, name))
      const text = stat.isFile()
        ? readFileSync(join(folder, name), 'latin1')
        : ''
      return [`${name} ${stat.mode.toString(8)}`, text]
    }),
  )
}

/** Another user who may read and write anywhere. */
const READS = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override']

const FILES = {
  etc: {
    environment: 'PATH="/usr/bin"\nNODE_OPTIONS=--a',
    'profile.d': { 'a.sh': '' },
    systemd: {
      system: { 'shop.service': '[Service]\nEnvironment=NODE_OPTIONS=--s\n' },
    },
  },
  home: { me: { '.bashrc': 'x=1\r\n', '.profile': '' } },
  '.env': 'A=1',
  Dockerfile: 'FROM node:22\n',
  'compose.yaml': 'services:\n  a:\n    image: x\n',
  'ecosystem.config.js': 'module.exports = {apps: []}\n',
  'package.json': '{"scripts": {"start": "node a"}}',
}
const TARGETS = [
  'bash',
  'profile',
  'zsh',
  'fish',
  'profile.d',
  'environment',
  'env',
  'systemd:shop',
  'dockerfile',
  'compose',
  'pm2',
  'npm',
  'config',
]

t.test(
  'install everywhere, uninstall everywhere: no trace is left',
  async t => {
    const root = t.testdir(FILES)
    chmodSync(join(root, '.env'), 0o600)
    const before = tree(root)
    const done = await mask(root, '--install', ...TARGETS, '--yes')
    t.equal(done.stderr, '')
    t.equal(done.code, 0)
    t.equal(lstatSync(join(root, '.env')).mode & 0o777, 0o600)
    const stub = join(root, 'var/lib/mongowatch/register.cjs')
    t.equal(lstatSync(stub).mode & 0o777, 0o644)
    t.equal(lstatSync(join(stub, '..')).mode & 0o777, 0o755)
    const installed = tree(root)
    const status = (await mask(root, '--status')).stdout
    for (const target of TARGETS) t.match(status, `  ${target.split(':')[0]}`)

    const again = await mask(root, '--install', ...TARGETS, '--yes')
    t.equal(again.stdout.match(/installed already/g)?.length, TARGETS.length)
    t.same(tree(root), installed, 'again changes nothing')

    const gone = await mask(root, '--uninstall', '--yes')
    t.equal(gone.code, 0)
    t.same(tree(root), before)
    t.match((await mask(root, '--status')).stdout, 'The mask is not installed.')
  },
)

t.test('the stub stays until the last place is gone', async t => {
  const root = t.testdir(FILES)
  const stub = join(root, 'var/lib/mongowatch/register.cjs')
  await mask(root, '--install', 'bash', 'env', '--yes')
  await mask(root, '--uninstall', 'bash', '--yes')
  t.equal(existsSync(stub), true)
  await mask(root, '--uninstall', 'env', '--yes')
  t.equal(existsSync(stub), false)
})

t.test('a stub that is gone is made again', async t => {
  const root = t.testdir(FILES)
  const stub = join(root, 'var/lib/mongowatch/register.cjs')
  await mask(root, '--install', 'npm:start', '--yes')
  rmSync(stub)
  t.equal((await mask(root, '--install', 'npm:start', '--yes')).code, 0)
  t.equal(existsSync(stub), true)
})

t.test('a place that is no file keeps no stub', async t => {
  const root = t.testdir(FILES)
  const bashrc = join(root, 'home/me/.bashrc')
  rmSync(bashrc)
  symlinkSync('/dev/null', bashrc)
  await mask(root, '--install', 'env', '--yes')
  const { code, stdout } = await mask(root, '--uninstall', '--yes')
  t.equal(code, 0, stdout)
  t.equal(existsSync(join(root, 'var/lib/mongowatch')), false)
})

t.test(
  'the stub stays while a running program names it',
  { skip: existsSync('/proc/self/environ') ? false : 'there is no /proc' },
  async t => {
    const home = t.testdir({})
    const stub = join(home, 'state/register.cjs')
    const uninstall = (env: Record<string, string> = {}) =>
      commandLine(
        'mongowatch-install-mask',
        ['--uninstall', 'env', '--stub', stub, '--yes'],
        { cwd: home, env: { HOME: home, ...env } },
      )
    const args = ['--install', 'env', '--stub', stub, '--yes']
    const options = { cwd: home, env: { HOME: home } }
    await commandLine('mongowatch-install-mask', args, options)
    const program = spawn('sleep', ['600'], {
      env: { ...process.env, NODE_OPTIONS: `--no-warnings --require=${stub}` },
    })
    t.teardown(() => program.kill())
    const stays = await uninstall()
    t.match(stays, { code: 0, stderr: '' })
    t.match(stays.stdout, `register.cjs stays while NODE_OPTIONS names it in`)
    t.match(stays.stdout, `(${program.pid})`)
    t.equal(existsSync(join(home, '.env')), false, 'the place is free of it')
    program.kill()
    await once(program, 'close')
    const here = await uninstall({ NODE_OPTIONS: `--require=${stub}` })
    t.match(here.stdout, 'names it in this shell:')
    t.equal((await uninstall()).code, 0)
    t.same(tree(home), {}, 'no trace is left')
  },
)

t.test('an explicit stub, for images, stays by itself', async t => {
  const root = t.testdir({})
  const { code } = await mask(root, '--install', 'stub', '--yes')
  t.equal(code, 0)
  t.equal(existsSync(join(root, 'var/lib/mongowatch/register.cjs')), true)
  await mask(root, '--uninstall', '--yes')
  t.same(tree(root), {})
})

t.test('--dry-run shows the change and makes none', async t => {
  const root = t.testdir(FILES)
  const before = tree(root)
  const { code, stdout } = await mask(root, '--install', 'environment', '-n')
  t.equal(code, 0)
  t.match(stdout, `+NODE_OPTIONS="--a ${OPTION}"`)
  t.match(stdout, '-NODE_OPTIONS=--a')
  t.same(tree(root), before)
})

t.test('without a terminal nothing is changed unasked', async t => {
  const root = t.testdir(FILES)
  const before = tree(root)
  const { code, stderr } = await mask(root, '--install', 'bash')
  t.equal(code, 2)
  t.match(stderr, 'Nobody can be asked here: add --yes or --dry-run')
  const bare = await mask(root)
  t.equal(bare.code, 0)
  t.match(bare.stdout, 'The mask is not installed.')
  t.same(tree(root), before)
})

t.test('a manifest is printed, not written', async t => {
  const manifest = 'spec:\n  containers:\n    - name: a\n'
  const root = t.testdir({ 'pod.yaml': manifest })
  const { code, stdout, stderr } = await mask(
    root,
    '--install',
    'kubernetes:pod.yaml',
  )
  t.equal(code, 0)
  t.match(stdout, /name: NODE_OPTIONS\n +value: "--import=data:/)
  t.match(stderr, 'Nothing was applied')
  t.same(tree(root), tree(t.testdir({ 'pod.yaml': manifest })))
  writeFileSync(join(root, 'pod.yaml'), stdout)
  t.equal(
    (await mask(root, '--uninstall', 'kubernetes:pod.yaml')).stdout,
    manifest,
  )
})

t.test('--require, --import, --service and --systemd', async t => {
  const root = t.testdir(FILES)
  const shown = async (...args: string[]) =>
    (await mask(root, '--dry-run', '--install', ...args)).stdout
  t.match(
    await shown('env', '--import'),
    '--import=file:///var/lib/mongowatch/register.cjs',
  )
  t.match(
    await shown('compose'),
    "--import=data:text/javascript,await(import('file:///var",
  )
  t.match(await shown('compose', '--require'), `NODE_OPTIONS: "${OPTION}"`)
  t.match(
    await shown('systemd', '--systemd', 'shop'),
    `"NODE_OPTIONS=--s ${OPTION}"`,
  )
  const none = await mask(root, '--install', 'compose', '--service', 'b', '-n')
  t.equal(none.code, 1)
  t.match(none.stderr, 'compose.yaml: it has no service "b"')
})

t.test('mistakes are one line', async t => {
  const root = t.testdir(FILES)
  const cases: [string[], number, RegExp][] = [
    [
      ['--install', 'bsh'],
      2,
      /There is no target "bsh"; did you mean bash\? See --available-targets\n/,
    ],
    [
      ['--install', 'zzz'],
      2,
      /There is no target "zzz"; --available-targets lists them\n/,
    ],
    [['--install', 'systemd'], 2, /Say which: systemd:UNIT\n/],
    [['--install', 'bash:x'], 2, /bash takes nothing after a colon\n/],
    [['--install'], 2, /--install needs a TARGET\n/],
    [
      ['--install', 'bash', '--uninstall'],
      2,
      /--install and --uninstall cannot be used together\n/,
    ],
    [
      ['--require', '--import', '--install', 'bash'],
      2,
      /--require and --import cannot be used together\n/,
    ],
    [['bash'], 2, /Say --install or --uninstall with a TARGET\n/],
    [
      ['--install', 'bash', '--stub', 'x'],
      2,
      /--stub must be a file name that ends with \.cjs\n/,
    ],
    [['--install', 'pm2:none.js', '-y'], 1, /none\.js: there is no such file/],
  ]
  const before = tree(root)
  for (const [args, code, stderr] of cases) {
    const result = await mask(root, ...args)
    t.equal(result.code, code, args.join(' '))
    t.match(result.stderr, stderr)
    t.notMatch(result.stderr, /^ +at /m)
  }
  t.same(tree(root), before)
})

t.test('a block that was cut by hand is left alone', async t => {
  const root = t.testdir({ '.env': '# >>> mongowatch >>>\nA=1\n' })
  const { code, stderr } = await mask(root, '--uninstall', 'env', '--yes')
  t.equal(code, 1)
  t.match(
    stderr,
    /\.env: line 1 begins what mongowatch wrote.*remove it by hand/,
  )
})

t.test('a symbolic link stays one', async t => {
  const root = t.testdir({ dotfiles: { env: 'A=1\n' } })
  symlinkSync('dotfiles/env', join(root, '.env'))
  const before = tree(root)
  await mask(root, '--install', 'env', '--yes')
  t.equal(lstatSync(join(root, '.env')).isSymbolicLink(), true)
  t.match(readFileSync(join(root, 'dotfiles/env'), 'utf8'), OPTION)
  await mask(root, '--uninstall', '--yes')
  t.same(tree(root), before)
})

t.test('a link to nowhere, a folder and a pipe stay what they are', async t => {
  const root = t.testdir({ folder: {} })
  symlinkSync('nowhere/x', join(root, 'loose'))
  spawnSync('mkfifo', [join(root, '.env')])
  const before = tree(root)
  const refused = async (name: string, reason: string) => {
    const args = ['--install', `env:${name}`, '--yes']
    const { code, stderr } = await mask(root, ...args)
    const line = `mongowatch-install-mask: ${join(root, name)}: ${reason}\n`
    t.same({ code, stderr }, { code: 1, stderr: line })
  }
  await refused('loose', 'it is a symbolic link to a file that is not there')
  await refused('folder', 'it is a directory')
  await refused('.env', 'it is no regular file')
  for (const args of [['--status'], ['--available-targets'], ['--uninstall']])
    t.equal((await mask(root, ...args)).code, 0, args.join(' '))
  t.same(tree(root), before)
})

t.test('a wrong umask does not lock others out', async t => {
  const root = t.testdir({})
  const bin = join(PACKAGE, 'bin/mongowatch-install-mask.js')
  const line = `umask 077; "${process.execPath}" "${bin}" --root "${root}" --install profile.d --yes`
  t.equal((await runFile('bash', ['-c', line])).code, 0)
  for (const [name, mode] of Object.entries({
    'etc/profile.d': 0o755,
    'etc/profile.d/mongowatch.sh': 0o644,
    'var/lib/mongowatch': 0o755,
    'var/lib/mongowatch/register.cjs': 0o644,
  })) {
    t.equal(lstatSync(join(root, name)).mode & 0o777, mode, name)
  }
})

t.test('without rights the exact command is said', async t => {
  const root = t.testdir({ etc: { environment: '' }, var: { lib: {} } })
  const before = tree(root)
  const locked = ['etc', 'var/lib'].map(name => join(root, name))
  for (const folder of locked) chmodSync(folder, 0o555)
  const bin = join(PACKAGE, 'bin/mongowatch-install-mask.js')
  const args = ['--root', root, '--install', 'environment', '--yes']
  const [file = '', ...words] = [...BOUND, process.execPath, bin, ...args]
  const { code, stderr } = await runFile(file, words)
  for (const folder of locked) chmodSync(folder, 0o755)
  t.equal(code, 1)
  const files = ['var/lib/mongowatch/register.cjs', 'etc/environment']
  t.equal(
    stderr,
    `mongowatch-install-mask: ${files.map(name => join(root, name)).join(' and ')}: permission denied. Run:
  sudo ${process.execPath} ${bin} --install environment --root ${root} --yes
`,
  )
  t.same(tree(root), before)
})

t.test(
  'a file of another group is not replaced, as the group would be lost',
  { skip: process.getuid?.() === 0 ? false : 'only root can make one' },
  async t => {
    const root = t.testdir({ '.env': 'A=1\n' })
    const file = join(root, '.env')
    chownSync(file, 65534, 0)
    const bin = join(PACKAGE, 'bin/mongowatch-install-mask.js')
    const stub = join(root, 'register.cjs')
    const args = ['--install', `env:${file}`, '--stub', stub, '--yes']
    const nobody = [
      '--reuid=65534',
      '--regid=65534',
      '--clear-groups',
      ...READS,
    ]
    const words = [...nobody, process.execPath, bin, ...args]
    const { code, stderr } = await runFile('setpriv', words)
    t.equal(code, 1)
    t.match(stderr, `${file}: permission denied. Run:\n  sudo `)
    t.equal(readFileSync(file, 'utf8'), 'A=1\n')
  },
)

t.test(
  'a login shell is watched, and programs start without the package',
  async t => {
    const home = t.testdir({
      'app.js':
        'console.log("started", mask())\nfunction mask() { return Object.keys(require.cache).some(f => f.endsWith("register.cjs") && !f.includes("stub")) }',
    })
    const copy = join(home, 'package')
    mkdirSync(copy)
    for (const name of [
      'bin',
      'dist',
      'package.json',
      'register.cjs',
      'register.mjs',
    ]) {
      cpSync(join(PACKAGE, name), join(copy, name), { recursive: true })
    }
    symlinkSync(join(PACKAGE, 'node_modules'), join(copy, 'node_modules'))
    const stub = join(home, 'stub/register.cjs')
    const env = { HOME: home }
    const install = await runFile(
      process.execPath,
      [
        join(copy, 'bin/mongowatch-install-mask.js'),
        '--install',
        'profile',
        'env:.env',
        '--stub',
        stub,
        '--yes',
      ],
      { cwd: home, env },
    )
    t.equal(install.stderr, '')

    const login = () =>
      runFile('bash', ['-lc', `"${process.execPath}" app.js`], {
        cwd: home,
        env,
      })
    const fromFile = () =>
      runFile(
        'bash',
        ['-c', `set -a; . ./.env; "${process.execPath}" app.js`],
        { cwd: home, env },
      )
    for (const start of [login, fromFile]) {
      t.same(await start(), { code: 0, stdout: 'started true\n', stderr: '' })
    }
    rmSync(copy, { recursive: true })
    for (const start of [login, fromFile]) {
      t.same(await start(), { code: 0, stdout: 'started false\n', stderr: '' })
    }
    rmSync(stub)
    t.same(await login(), { code: 0, stdout: 'started false\n', stderr: '' })
  },
)

t.test('--print is an option that node takes', async t => {
  const { stdout } = await commandLine('mongowatch-install-mask', ['--print'])
  const { code } = await runFile(process.execPath, ['-e', '1'], {
    env: { NODE_OPTIONS: stdout.trim(), MONGOWATCH_DISABLED: '1' },
  })
  t.equal(code, 0)
})

t.test('the targets are listed with their state', async t => {
  const root = t.testdir(FILES)
  await mask(root, '--install', 'bash', '--yes')
  const { stdout } = await mask(root, '--available-targets')
  const file = join(root, 'home/me/.bashrc')
  t.match(
    stdout.replace(/\s+/g, ' '),
    `~/.bashrc [${file}, installed, writable]`,
  )
  t.match(stdout, /^ {2}systemd:UNIT +/m)
})
