import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { commandLine } from '../../fixtures/command-line.ts'

/** Runs the command below a root; nothing of this machine is touched. */
const mask = (root: string, ...args: string[]) =>
  commandLine('mongowatch-install-mask', ['--root', root, ...args, '--yes'], {
    cwd: root,
    env: { HOME: '/home/me' },
  })

const STUB = 'var/lib/mongowatch/register.cjs'
const scripts = (root: string): Record<string, string> =>
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts

t.test('what is damaged in one place does not stop the others', async t => {
  const root = t.testdir({ home: { me: { '.bashrc': 'a=1\n' } } })
  await mask(root, '--install', 'bash', 'env', 'profile')
  const file = join(root, '.env')
  const cut = readFileSync(file, 'utf8').replace(/^# <<<.*\n/m, '')
  writeFileSync(file, cut)
  const { code, stdout, stderr } = await mask(root, '--uninstall')
  t.equal(code, 1)
  t.match(stderr, /^mongowatch-install-mask: .*\.env: line 1 begins what/)
  t.match(stdout, 'Uninstalled: bash')
  t.match(stdout, 'Uninstalled: profile')
  t.equal(readFileSync(join(root, 'home/me/.bashrc'), 'utf8'), 'a=1\n')
  t.equal(readFileSync(file, 'utf8'), cut)
  t.equal(existsSync(join(root, STUB)), true, 'the damaged one names it')

  const again = await mask(root, '--install', 'env', 'bash')
  t.equal(again.code, 1)
  t.match(again.stderr, /\.env: line 1 begins/)
  t.match(again.stdout, 'Installed: bash')
})

t.test('a second script leaves the first one its mask', async t => {
  const before = '{"scripts": {"start": "node a", "build": "node b"}}'
  const root = t.testdir({ 'package.json': before })
  await mask(root, '--install', 'npm:start')
  await mask(root, '--install', 'npm:build')
  t.match(scripts(root), { start: STUB, build: STUB })
  const { stdout } = await mask(root, '--status')
  t.match(stdout, 'npm:start')
  t.match(stdout, 'npm:build')
  await mask(root, '--uninstall', 'npm:start')
  t.equal(scripts(root).start, 'node a')
  t.match(scripts(root).build, STUB)
  t.equal(existsSync(join(root, STUB)), true)
  await mask(root, '--uninstall')
  t.equal(readFileSync(join(root, 'package.json'), 'utf8'), before)
  t.equal(existsSync(join(root, STUB)), false)
})

t.test('a second service leaves the first one its mask', async t => {
  const before =
    'services:\n  a:\n    image: x\n  b:\n    image: y\n  c:\n    image: z\n'
  const root = t.testdir({ 'compose.yaml': before })
  const add = (...names: string[]) =>
    mask(root, '--install', 'compose', ...names.flatMap(n => ['--service', n]))
  const count = () =>
    readFileSync(join(root, 'compose.yaml'), 'utf8').split('NODE_OPTIONS')
      .length - 1
  for (const [names, all] of [
    [['a'], 1],
    [['b'], 2],
    [['a'], 2],
    [['c', 'a'], 3],
  ] as const) {
    await add(...names)
    t.equal(count(), all, names.join())
  }
  const refused = await mask(root, '--uninstall', 'compose', '--service', 'a')
  t.equal(refused.code, 2)
  t.match(refused.stderr, '--uninstall takes the mask out of the whole file')
  await mask(root, '--uninstall', 'compose')
  t.equal(readFileSync(join(root, 'compose.yaml'), 'utf8'), before)
})

t.test('a manifest that was printed for one container', async t => {
  const before =
    'spec:\n  containers:\n    - name: a\n      image: x\n    - name: b\n      image: y\n'
  const root = t.testdir({ 'pod.yaml': before })
  const file = join(root, 'pod.yaml')
  for (const name of ['a', 'b']) {
    const args = ['--install', 'kubernetes:pod.yaml', '--service', name]
    writeFileSync(file, (await mask(root, ...args)).stdout)
  }
  t.equal(readFileSync(file, 'utf8').split('name: NODE_OPTIONS').length, 3)
  const clean = await mask(root, '--uninstall', 'kubernetes:pod.yaml')
  t.equal(clean.stdout, before)
})

t.test('a service has to be told that its drop-in is gone', async t => {
  const unit = { 'shop.service': '[Service]\nExecStart=/bin/true\n' }
  const root = t.testdir({ etc: { systemd: { system: unit } } })
  await mask(root, '--install', 'systemd:shop')
  const { stdout } = await mask(root, '--uninstall', 'systemd:shop')
  t.match(stdout, 'systemctl daemon-reload && systemctl restart shop.service')
})

t.test('many at a time forget nobody', async t => {
  const root = t.testdir({})
  const names = Array.from({ length: 8 }, (_, at) => `${at}.env`)
  const before = 'A=1\n'
  for (const name of names) writeFileSync(join(root, name), before)
  const installs = names.map(name => mask(root, '--install', `env:${name}`))
  for (const { code, stderr } of await Promise.all(installs))
    t.same({ code, stderr }, { code: 0, stderr: '' })
  const { stdout } = await mask(root, '--status')
  for (const name of names) t.match(stdout, `env:${join(root, name)}`)
  t.equal((await mask(root, '--uninstall')).code, 0)
  for (const name of names)
    t.equal(readFileSync(join(root, name), 'utf8'), before)
  t.same(readdirSync(root).sort(), names, 'no lock is left')
})
