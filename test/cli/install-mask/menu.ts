import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import t from 'tap'
import { BOUND } from '../../fixtures/mask.ts'
import {
  anyInTerminal,
  inTerminal,
  KEYS,
  type Step,
} from '../../fixtures/terminal.ts'

const QUESTION = 'Where shall Node programs be watched?'
const READY: Step = ['expect', 'Ctrl-C to leave']
const enter: Step = ['send', KEYS.enter]

/** Types into the menu; nothing of this machine is touched. */
function menu(root: string, steps: Step[], args: string[] = []) {
  return inTerminal(
    'mongowatch-install-mask',
    ['--root', root, ...args],
    steps,
    {
      cwd: root,
      env: { HOME: '/home/me' },
    },
  )
}

const files = (root: string) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()

const FILES = {
  home: { me: { '.bashrc': 'x=1\n' } },
  etc: { 'mongowatch.yaml': 'version: 1\n' },
}

t.test(
  'the arrow keys and Enter install into a place, after a yes',
  async t => {
    const root = t.testdir(FILES)
    const { code, output } = await menu(root, [
      ['expect', 'The mask is not installed.'],
      ['expect', QUESTION],
      READY,
      ['send', KEYS.down],
      ['send', KEYS.down],
      ['send', KEYS.up],
      ['send', KEYS.up],
      enter,
      ['expect', '+if [ -r'],
      ['expect', 'Write this (bash)?'],
      ['send', 'y'],
      ['expect', 'Installed: bash'],
      ['expect', 'installed: choose to uninstall'],
      READY,
      ['send', KEYS.up],
      enter,
    ])
    t.equal(code, 0)
    t.match(output, 'profile: login shells')
    t.match(
      readFileSync(join(root, 'home/me/.bashrc'), 'utf8'),
      '/var/lib/mongowatch/register.cjs',
    )
  },
)

t.test(
  'numbers choose, also those of two digits; the place is asked for',
  async t => {
    const root = t.testdir({ ...FILES, 'my.env': 'A=1\n' })
    await menu(root, [
      READY,
      ['send', '7'],
      enter,
      ['expect', 'Which FILE?'],
      ['send', `my.env${KEYS.enter}`],
      ['expect', '+NODE_OPTIONS="--require'],
      ['expect', 'Write this'],
      ['send', 'y'],
      ['expect', 'Installed: env:'],
      READY,
      ['send', '1'],
      ['send', '6'],
      enter,
      ['expect', "NODE_OPTIONS='--require=/var/lib/mongowatch/register.cjs'"],
      READY,
      ['send', KEYS.ctrlC],
    ])
    t.match(readFileSync(join(root, 'my.env'), 'utf8'), 'NODE_OPTIONS=')
  },
)

t.test('what is installed can be uninstalled there', async t => {
  const root = t.testdir(FILES)
  const before = files(root)
  await menu(root, [
    READY,
    enter,
    ['expect', 'Write this'],
    ['send', 'y'],
    ['expect', 'Installed'],
    READY,
    enter,
    ['expect', 'Write this'],
    ['send', 'y'],
    ['expect', 'Uninstalled: bash'],
    READY,
    ['send', KEYS.ctrlC],
  ])
  t.same(files(root), before)
  t.equal(readFileSync(join(root, 'home/me/.bashrc'), 'utf8'), 'x=1\n')
})

t.test('each place says whether it is writable and what it gets', async t => {
  const root = t.testdir({ ...FILES, locked: {} })
  const { output } = await menu(root, [
    ['size', '60 500'], // however long the path of the checkout is
    READY,
    ['send', '6'],
    ['expect', `${root}/etc/environment: Would add`],
    ['expect', '--require=/var/lib/mongowatch/register.cjs to NODE_OPTIONS.'],
    ['send', '8'],
    ['expect', 'Asks which UNIT. Would add --require='],
    ['send', '1'],
    ['send', '0'],
    ['expect', 'compose.yaml: cannot be written, as it has no services'],
    ['send', '1'],
    ['send', '4'],
    ['expect', 'cannot be written, as there is a configuration already'],
    ['send', KEYS.ctrlC],
  ])
  t.match(output, /bash: interactive bash: ~\/\.bashrc.*writable/)
  t.same(files(root), files(t.testdir({ ...FILES, locked: {} })))
})

t.test('where rights are missing it says so', async t => {
  const root = t.testdir(FILES)
  chmodSync(join(root, 'etc'), 0o555)
  const bin = resolve(__dirname, '../../../bin/mongowatch-install-mask.js')
  const command = [...BOUND, process.execPath, bin, '--root', root]
  const steps: Step[] = [READY, ['send', KEYS.ctrlC]]
  const options = { cwd: root, env: { HOME: '/home/me', NO_COLOR: '1' } }
  const { output } = await anyInTerminal(command, steps, options)
  chmodSync(join(root, 'etc'), 0o755)
  t.match(output, '/etc/environment  needs sudo')
  t.match(output, 'interactive bash: ~/.bashrc  writable')
})

t.test('a terminal that becomes small shows what is chosen', async t => {
  const root = t.testdir(FILES)
  const before = files(root)
  const { code } = await menu(root, [
    READY,
    ['size', '10 50'],
    ['send', KEYS.up],
    ['expect', '> 17. leave'],
    ['size', '40 120'],
    ['send', KEYS.up],
    ['expect', '> 16. print'],
    ['send', KEYS.down],
    ['expect', '> 17. leave'],
    enter,
  ])
  t.equal(code, 0)
  const cancelled = await menu(root, [
    READY,
    enter,
    ['expect', 'Write this'],
    ['size', '8 30'],
    ['send', KEYS.ctrlC],
  ])
  t.equal(cancelled.code, 1)
  const showCursor = `${String.fromCharCode(27)}[?25h`
  t.equal(cancelled.output.includes(showCursor), true)
  t.same(files(root), before)
})

t.test('a terminal without a size is one of 80 columns', async t => {
  const root = t.testdir(FILES)
  const noSize: Step = ['size', '0 0']
  await menu(root, [
    noSize,
    READY,
    enter,
    ['expect', 'Write this (bash)?'],
    ['send', KEYS.ctrlC],
  ])
  const { output } = await menu(root, [noSize], ['--available-targets'])
  const lines = stripVTControlCharacters(output).split('\r\n')
  const longest = Math.max(...lines.map(line => line.length))
  t.ok(longest > 60, 'not one word a line')
  const help = await menu(root, [noSize], ['--help'])
  t.match(help.output, 'mongowatch-install-mask [options] [TARGET...]')
})

t.test('no is no, and the menu comes back', async t => {
  const root = t.testdir(FILES)
  const before = files(root)
  await menu(root, [
    READY,
    enter,
    ['expect', 'Write this'],
    ['send', 'n'],
    ['expect', QUESTION],
    READY,
    ['send', KEYS.ctrlC],
  ])
  t.same(files(root), before)
})

t.test('Ctrl-C leaves everything as it was, wherever it comes', async t => {
  const root = t.testdir({ ...FILES, '.env': '' })
  const before = files(root)
  const until: Step[][] = [
    [READY],
    [READY, enter, ['expect', 'Write this']],
    [READY, ['send', '7'], enter, ['expect', 'Which FILE?']],
  ]
  for (const steps of until) {
    const { code, output } = await menu(root, [...steps, ['send', KEYS.ctrlC]])
    t.equal(code, 1)
    t.match(output, 'mongowatch-install-mask: Cancelled')
    t.notMatch(output, /^ +at /m)
    t.same(files(root), before)
  }
  const { code } = await menu(
    root,
    [
      ['expect', 'Write this'],
      ['send', KEYS.ctrlC],
    ],
    ['--install', 'bash'],
  )
  t.equal(code, 1)
  t.same(files(root), before)
})

t.test('the sample configuration is offered where there is none', async t => {
  const root = t.testdir({ home: { me: { '.bashrc': '' } } })
  await menu(root, [
    READY,
    enter,
    ['expect', 'Write this (bash)?'],
    ['send', 'y'],
    ['expect', 'There is no configuration yet; the sample:'],
    ['expect', 'Write this (config)?'],
    ['send', 'y'],
    ['expect', 'Installed: config'],
    READY,
    ['send', KEYS.ctrlC],
  ])
  t.equal(existsSync(join(root, 'etc/mongowatch.yaml')), true)
})

t.test('a mistake is said and the menu comes back', async t => {
  const root = t.testdir(FILES)
  const { output } = await menu(root, [
    READY,
    ['send', '8'],
    enter,
    ['expect', 'Which UNIT?'],
    ['send', `../x${KEYS.enter}`],
    ['expect', '"../x" is no name of a systemd unit'],
    READY,
    ['send', KEYS.ctrlC],
  ])
  t.notMatch(output, /^ +at /m)
})

t.test('NO_COLOR is honoured', async t => {
  const root = t.testdir(FILES)
  const run = async (env: Record<string, string>) => {
    const steps: Step[] = [
      READY,
      enter,
      ['expect', 'Write this'],
      ['send', KEYS.ctrlC],
    ]
    const options = { cwd: root, env: { HOME: '/home/me', ...env } }
    return inTerminal(
      'mongowatch-install-mask',
      ['--root', root],
      steps,
      options,
    )
  }
  const start = String.fromCharCode(27)
  const isColoured = (text: string) => new RegExp(`${start}\\[3\\dm`).test(text)
  t.equal(isColoured((await run({})).output), true)
  t.equal(isColoured((await run({ NO_COLOR: '1' })).output), false)
})
