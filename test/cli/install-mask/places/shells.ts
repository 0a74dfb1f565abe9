import { equal } from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { runFile } from '../../../fixtures/command-line.ts'
import { unlessInstalled } from '../../../fixtures/has-program.ts'
import { installed, placeOf, requestFor } from '../../../fixtures/mask.ts'

const bash = placeOf('bash')

/** NODE_OPTIONS after a shell has read a file with these lines. */
async function sourced(
  shell: string,
  text: string,
  env: Record<string, string> = {},
): Promise<string> {
  const dir = t.testdir({ rc: '' })
  writeFileSync(join(dir, 'rc'), text, 'latin1')
  const script = '. ./rc; . ./rc; printf "<%s>" "$NODE_OPTIONS"'
  const { stdout, stderr } = await runFile(shell, ['-euc', script], {
    cwd: dir,
    env,
  })
  if (stderr !== '') throw new Error(stderr)
  return stdout
}

const STUBS = [
  'register.cjs',
  "it's a/register.cjs",
  'a $x `b` "c" \\d/register.cjs',
]

for (const shell of ['bash', 'dash']) {
  t.test(`${shell} adds the option once to what is set`, async t => {
    for (const name of STUBS) {
      const dir = t.testdir({ "it's a": {}, 'a $x `b` "c" \\d': {} })
      const stub = join(dir, name)
      writeFileSync(stub, '')
      const request = requestFor('', { stub })
      const text = installed(bash, 'x=1\n', request)
      t.equal(await sourced(shell, text), `<${request.preload}>`)
      const set = { NODE_OPTIONS: '--a "--b c"' }
      t.equal(
        await sourced(shell, text, set),
        `<--a "--b c" ${request.preload}>`,
      )
    }
  })

  t.test(`${shell} leaves all as it is when the stub is gone`, async t => {
    const request = requestFor('', { stub: '/nonexistent/register.cjs' })
    const text = installed(bash, undefined, request)
    t.equal(await sourced(shell, text, { NODE_OPTIONS: '--a' }), '<--a>')
  })
}

t.test('a file that may end before what is added', async t => {
  for (const [text, line] of [
    ['a=1\nreturn 0\n', 2],
    ['[ -z "$PS1" ] && return\n', 1],
    ['case $- in\n  *i*) ;;\nesac\nexec zsh -l\n', 4],
    ['x=1; exit 0', 1],
  ] as const)
    t.match(
      bash.obstacle?.(text, '', requestFor().where),
      `line ${line} may end this file`,
    )
  for (const text of [
    '# return\n',
    'returned=1\n',
    'f() {\n  return 1\n}\n',
    '',
  ])
    t.equal(bash.obstacle?.(text, '', requestFor().where), undefined)
})

t.test('the rc files of this machine', async t => {
  const files = [
    '/etc/skel/.bashrc',
    '/etc/skel/.profile',
    '/etc/bash.bashrc',
    '/etc/profile',
  ]
  const found = files.filter(file => existsSync(file))
  t.ok(found.length > 0, 'there are some')
  for (const file of found) {
    const text = readFileSync(file, 'latin1')
    for (const before of [
      text,
      text.trimEnd(),
      text.replaceAll('\n', '\r\n'),
    ]) {
      installed(bash, before, requestFor())
    }
  }
})

t.test('any rc file comes back as it was', async t => {
  const line = fc.constantFrom(
    'export NODE_OPTIONS="--a"',
    "alias x='y'",
    '# é',
    '',
    'if true; then',
    '\\t',
    '# >>> other >>>',
  )
  const lines = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n')))
  const names = ['bash', 'profile', 'zsh', 'fish', 'profile.d']
  const property = fc.property(
    fc.constantFrom(...names),
    fc.option(lines, { nil: undefined }),
    fc.constantFrom('', 'last', 'é'),
    (name, rows, last) => {
      const before = rows && rows.map(row => row.join('')).join('') + last
      const after = installed(placeOf(name), before, requestFor())
      equal(after.startsWith(before ?? ''), true)
    },
  )
  t.doesNotThrow(() => fc.assert(property, { numRuns: 1000 }))
})

for (const shell of ['fish', 'zsh']) {
  const skip = unlessInstalled(shell)
  t.test(`${shell} adds the option once, too`, { skip }, async t => {
    const dir = t.testdir({ "it's é": {} })
    const stub = join(dir, "it's é/register.cjs")
    const rc = join(dir, 'rc')
    writeFileSync(stub, '')
    const request = requestFor('', { stub: latin1(stub) })
    const text = installed(placeOf(shell), undefined, request)
    writeFileSync(rc, text, 'latin1')
    const script = `source ${rc}; source ${rc}; printf "<%s>" "$NODE_OPTIONS"`
    const option = `"--require=${stub}"`
    for (const [set, expected] of [
      [{}, `<${option}>`],
      [{ NODE_OPTIONS: '--a' }, `<--a ${option}>`],
    ] as const) {
      const env = { HOME: dir, LC_ALL: 'C.UTF-8', ...set }
      const done = await runFile(shell, ['-c', script], { env })
      t.same(done, { code: 0, stdout: expected, stderr: '' })
    }
  })
}

const latin1 = (text: string) => Buffer.from(text).toString('latin1')

t.test('a shell never gets a carriage return of ours', async t => {
  const before = 'a=1\r\nb=2\r\n'
  const after = installed(bash, before, requestFor())
  t.notMatch(after.slice(before.length), /\r/)
})

t.test('login shells have one file, the first that bash reads', async t => {
  const home = t.testdir({ '.bash_login': '', '.profile': '' })
  const where = { ...requestFor().where, home }
  const profile = placeOf('profile')
  t.equal(profile.file(where, ''), join(home, '.bash_login'))
  writeFileSync(join(home, '.bash_profile'), '')
  t.equal(profile.file(where, ''), join(home, '.bash_profile'))
  t.equal(profile.file({ ...where, home: '/none' }, ''), '/none/.profile')
})

t.test('zsh and fish say where their files are', async t => {
  const where = {
    ...requestFor().where,
    root: '/image',
    env: { ZDOTDIR: '/z', XDG_CONFIG_HOME: '/x' },
  }
  t.equal(placeOf('zsh').file(where, ''), '/image/z/.zshrc')
  t.equal(
    placeOf('fish').file(where, ''),
    '/image/x/fish/conf.d/mongowatch.fish',
  )
  const usual = { ...where, env: {} }
  t.equal(placeOf('zsh').file(usual, ''), '/home/me/.zshrc')
  t.equal(
    placeOf('fish').file(usual, ''),
    '/home/me/.config/fish/conf.d/mongowatch.fish',
  )
  t.equal(
    placeOf('profile.d').file(usual, ''),
    '/image/etc/profile.d/mongowatch.sh',
  )
})

t.test('fish reads config.fish later', async t => {
  const config = 'set -x A 1\nset -gx NODE_OPTIONS --a\n'
  const warning = (text: string) => {
    const home = t.testdir({ '.config': { fish: { 'config.fish': text } } })
    const where = { ...requestFor().where, home }
    return placeOf('fish').obstacle?.('', '', where)
  }
  t.match(warning(config), /config\.fish after it, and line 2 there sets/)
  t.equal(warning('set -gx NODE_OPTIONS $NODE_OPTIONS --a\n'), undefined)
  t.equal(warning('# set NODE_OPTIONS\n'), undefined)
})
