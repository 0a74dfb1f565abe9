import { chmodSync, lstatSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t, { type Test } from 'tap'
import { runFile } from '../../fixtures/command-line.ts'

const BIN = resolve(__dirname, '../../../bin/mongowatch-install-mask.js')
const NOBODY = [
  'setpriv',
  '--reuid=65534',
  '--regid=65534',
  '--clear-groups',
  '--inh-caps=-all',
]
const options = {
  skip: process.getuid?.() === 0 ? false : 'only root can become another user',
}

/** A home of nobody in which some files belong to root. */
async function homeOf(t: Test, files: Record<string, string>) {
  const home = t.testdir(files)
  await runFile('chown', ['65534:65534', home])
  const mask = (...args: string[]) => {
    const [file = '', ...words] = [...NOBODY, process.execPath, BIN, ...args]
    return runFile(file, words, { cwd: home, env: { HOME: home } })
  }
  return { home, mask }
}

t.test('the command for sudo keeps the home of who asks', options, async t => {
  const { home, mask } = await homeOf(t, { '.bashrc': 'a=1\n' })
  const { code, stderr } = await mask('--install', 'bash', '--yes')
  t.equal(code, 1)
  const [, command = ''] = stderr.split('Run:\n  sudo ')
  t.match(command, `env HOME=${home} ${process.execPath} `)
  const stub = join(home, 'state/register.cjs')
  const done = await runFile('sh', ['-c', `${command.trim()} --stub ${stub}`], {
    env: { HOME: '/root' },
  })
  t.equal(done.code, 0, done.stderr)
  t.match(done.stdout, `Installed: bash (${home}/.bashrc)`)

  const gone = await mask('--uninstall', 'bash', '--stub', stub, '--yes')
  t.equal(gone.code, 1)
  const [, again = ''] = gone.stderr.split('Run:\n  sudo ')
  t.match(again, `--stub ${stub}`)
  const env = { HOME: '/root' }
  t.equal((await runFile('sh', ['-c', again], { env })).code, 0)
  const left = await mask('--status', '--stub', stub)
  t.match(left.stdout, 'The mask is not installed.')
})

t.test('what all users load is never the stub of one', options, async t => {
  const { mask } = await homeOf(t, {})
  const { stdout } = await mask('--install', 'environment', '--dry-run')
  t.match(stdout, /\+NODE_OPTIONS="--require=\/var\/lib\/mongowatch\/register/)
})

t.test('what root makes in a home belongs to its owner', options, async t => {
  const { home } = await homeOf(t, {})
  const args = ['--install', 'fish', 'bash', '--yes']
  const stub = ['--stub', join(home, 'state/register.cjs')]
  const words = [BIN, ...args, ...stub]
  const env = { HOME: home }
  t.equal((await runFile(process.execPath, words, { env })).code, 0)
  for (const name of ['.bashrc', '.config', '.config/fish/conf.d'])
    t.equal(lstatSync(join(home, name)).uid, 65534, name)
  t.equal(
    lstatSync(join(home, '.config/fish/conf.d/mongowatch.fish')).uid,
    65534,
  )
})

t.test('root is warned of a stub that others may change', options, async t => {
  const folder = t.testdir({ safe: {}, open: {} })
  const warning = async (name: string) => {
    const stub = join(folder, name, 'register.cjs')
    const args = [BIN, '--install', 'profile.d', '--stub', stub, '--dry-run']
    return (await runFile(process.execPath, args)).stderr
  }
  chmodSync(join(folder, 'safe'), 0o755)
  const usual = await warning('safe')
  chmodSync(join(folder, 'open'), 0o777)
  t.match(await warning('open'), /^Warning: programs of all users, also root's/)
  const inHome = join(folder, 'home')
  mkdirSync(inHome)
  writeFileSync(join(inHome, 'x'), '')
  await runFile('chown', ['-R', '65534', inHome])
  t.match(await warning('home'), inHome)
  t.notMatch(usual, join(folder, 'safe'))
})
