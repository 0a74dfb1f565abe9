import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { commandLine, runFile } from '../../fixtures/command-line.ts'

/** A user's home with a stub of its own, and the command in it. */
function atHome(t: Test, files: Record<string, string> = {}) {
  const home = t.testdir({ ...files, state: {} })
  const stub = join(home, 'state/register.cjs')
  const mask = (...args: string[]) =>
    commandLine('mongowatch-install-mask', [...args, '--stub', stub, '--yes'], {
      cwd: home,
      env: { HOME: home },
    })
  return { home, stub, mask }
}

/** A program of that folder really starts with what its .env says. */
async function starts(home: string, file: string): Promise<boolean> {
  const line = `set -a; . ./${file}; exec "${process.execPath}" -e 1`
  const env = { MONGOWATCH_DISABLED: '1' }
  return (await runFile('sh', ['-c', line], { cwd: home, env })).code === 0
}

t.test('a file that was moved still names the stub, so it stays', async t => {
  const { home, stub, mask } = atHome(t)
  await mask('--install', 'env', 'bash')
  renameSync(join(home, '.env'), join(home, 'moved.env'))
  const { code, stdout } = await mask('--uninstall')
  t.equal(code, 0)
  t.match(stdout, /\.env is gone and may have been moved/)
  t.match(stdout, '--uninstall stub')
  t.equal(existsSync(stub), true)
  t.equal(await starts(home, 'moved.env'), true)
  t.match(await mask('--uninstall', 'env'), { code: 0 })
  t.equal(existsSync(stub), true, 'naming the old place is no proof')

  rmSync(join(home, 'moved.env'))
  t.equal((await mask('--uninstall', 'stub')).code, 0)
  t.equal(existsSync(join(home, 'state/places.json')), false)
  t.equal(existsSync(stub), false, 'who names the stub knows better')
})

t.test('so it does when another file stands in its place', async t => {
  const { home, stub, mask } = atHome(t)
  await mask('--install', 'env', 'bash')
  renameSync(join(home, '.env'), join(home, 'moved.env'))
  writeFileSync(join(home, '.env'), 'A=1\n')
  const { stdout } = await mask('--uninstall')
  t.match(stdout, /\.env is another one than was written/)
  t.equal(existsSync(stub), true)
})

t.test('lines without their marks name the stub as well', async t => {
  const { home, stub, mask } = atHome(t)
  await mask('--install', 'env')
  const file = join(home, '.env')
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace(/^#.*\n/gm, ''))
  await mask('--install', 'bash')
  const { stdout } = await mask('--uninstall')
  t.match(stdout, `names it in ${file} (not written by this command)`)
  t.equal(existsSync(stub), true)
  t.equal(await starts(home, '.env'), true)
})

t.test('a lost or broken list of places is no proof either', async t => {
  for (const text of [undefined, '{"entries": [', '[]']) {
    const { home, stub, mask } = atHome(t)
    mkdirSync(join(home, 'app'), { recursive: true })
    await mask('--install', `env:${home}/app/settings.env`, 'bash')
    const list = join(home, 'state/places.json')
    if (text === undefined) rmSync(list)
    else writeFileSync(list, text)
    for (const args of [['bash'], ['profile'], []]) {
      if (args[0] === 'profile') await mask('--install', 'profile')
      const { stdout } = await mask('--uninstall', ...args)
      t.match(stdout, 'the list of what was installed was lost once')
    }
    t.equal(existsSync(stub), true)
    t.equal(await starts(home, 'app/settings.env'), true)
  }
})

t.test('what a later version installed keeps it', async t => {
  const { home, stub, mask } = atHome(t)
  await mask('--install', 'bash')
  const list = join(home, 'state/places.json')
  const { entries } = JSON.parse(readFileSync(list, 'utf8'))
  entries.push({ target: 'launchd:x', cwd: home })
  writeFileSync(list, JSON.stringify({ entries }))
  const { stdout } = await mask('--uninstall')
  t.match(stdout, 'launchd:x was installed by a later version')
  t.equal(existsSync(stub), true)
})

t.test('a stub that was installed by itself stays for its users', async t => {
  const { stub, mask } = atHome(t)
  await mask('--install', 'stub', 'bash')
  await mask('--uninstall', 'bash')
  t.equal(existsSync(stub), true)
  await mask('--uninstall', 'stub')
  t.equal(existsSync(stub), false)
})

t.test('the stub is not taken from a place that has the mask', async t => {
  const { stub, mask } = atHome(t)
  await mask('--install', 'bash')
  const { code, stderr } = await mask('--uninstall', 'stub')
  t.equal(code, 1)
  t.match(stderr, /register\.cjs stays/)
  t.equal(existsSync(stub), true)
})

t.test('a file is found in the home in which it was written', async t => {
  const { home, stub, mask } = atHome(t, { '.profile': '', '.bashrc': '' })
  await mask('--install', 'profile', 'bash')
  writeFileSync(join(home, '.bash_profile'), '') // bash reads this one now
  const other = join(home, 'other')
  mkdirSync(other)
  const args = ['--uninstall', '--stub', stub, '--yes']
  const options = { cwd: other, env: { HOME: other } }
  const done = await commandLine('mongowatch-install-mask', args, options)
  t.equal(done.code, 0)
  for (const name of ['.profile', '.bashrc'])
    t.equal(readFileSync(join(home, name), 'utf8'), '', name)
  t.equal(existsSync(stub), false)
})

t.test(
  'a file that cannot be read may name the stub',
  { skip: process.getuid?.() === 0 ? false : 'only root is another user' },
  async t => {
    const { home, stub, mask } = atHome(t, { '.bashrc': '' })
    await mask('--install', 'env', 'bash')
    await runFile('chown', ['-R', '65534:65534', home])
    await runFile('chown', ['0', join(home, '.env')])
    chmodSync(join(home, '.env'), 0o600)
    const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups']
    const bin = join(__dirname, '../../../bin/mongowatch-install-mask.js')
    const words = [process.execPath, bin, '--uninstall', 'bash', '--yes']
    const { code, stdout, stderr } = await runFile(
      'setpriv',
      [...nobody, '--inh-caps=-all', ...words, '--stub', stub],
      { cwd: home, env: { HOME: home } },
    )
    t.equal(stderr, '')
    t.equal(code, 0)
    t.match(stdout, /\.env \(it cannot be read\)/)
    t.equal(existsSync(stub), true)
  },
)
