import { equal } from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { runFile } from '../../../fixtures/command-line.ts'
import { installed, placeOf, requestFor } from '../../../fixtures/mask.ts'
import { packagePath } from '../../../fixtures/packages.ts'

const npm = placeOf('npm')

/** What a script prints under npm. */
async function run(
  text: string,
  stub: string,
  env: Record<string, string> = {},
) {
  const dir = t.testdir({
    'show.js': 'console.log(process.env.NODE_OPTIONS)',
    'run.sh': 'for each; do sh -c "$each"; done',
  })
  writeFileSync(join(dir, 'package.json'), text)
  mkdirSync(join(stub, '..'), { recursive: true })
  writeFileSync(stub, '')
  const args = ['run', '--silent', 'start']
  const { stdout, stderr } = await runFile('npm', args, {
    cwd: dir,
    env: { HOME: dir, ...env },
  })
  if (stderr !== '') throw new Error(stderr)
  return stdout.trim().split('\n')
}

const manifest = (start: string) =>
  `{\n\t"name": "x",\n\t"scripts": {\n\t\t"pre": "y", "start": ${JSON.stringify(start)}\n\t}\n}`

t.test('npm runs the whole script with it', async t => {
  for (const folder of ['plain', 'with space "and quotes"']) {
    const stub = join(t.testdirName, folder, 'register.cjs')
    const request = requestFor('start', { stub })
    const { preload } = request
    const twice = installed(
      npm,
      manifest('node show.js && node show.js'),
      request,
    )
    t.same(await run(twice, stub), [preload, preload])
  }
})

t.test('what the script or the shell sets stays', async t => {
  const stub = join(t.testdirName, 'stub', 'register.cjs')
  const request = requestFor('start', { stub })
  const { preload } = request
  const inherited = installed(npm, manifest('node show.js'), request)
  t.same(await run(inherited, stub, { NODE_OPTIONS: '--no-warnings' }), [
    `--no-warnings ${preload}`,
  ])
  const scripts: [string, string[]][] = [
    ['NODE_OPTIONS=--no-warnings node show.js', ['--no-warnings']],
    ["NODE_OPTIONS='--no-warnings' node show.js", ['--no-warnings']],
    ['NODE_OPTIONS="--no-warnings" node show.js', ['--no-warnings']],
    ['NODE_OPTIONS= node show.js', ['']],
    ["env 'NODE_OPTIONS=--no-warnings' node show.js", ['--no-warnings']],
    [
      'env "NODE_OPTIONS=--no-warnings --trace-exit" node show.js',
      ['--no-warnings --trace-exit'],
    ],
    [
      'NODE_OPTIONS=--no-warnings node show.js && NODE_OPTIONS="--trace-exit" node show.js',
      ['--no-warnings', '--trace-exit'],
    ],
    [
      'export NODE_OPTIONS=--trace-exit; node show.js || true',
      ['--trace-exit'],
    ],
    ['(NODE_OPTIONS=--trace-exit node show.js)', ['--trace-exit']],
  ]
  for (const [script, own] of scripts) {
    const set = installed(npm, manifest(script), request)
    const expected = own.map(value => `${preload} ${value}`.trim())
    t.same(await run(set, stub), expected, script)
  }
})

t.test('where the stub is not, the script is as it was', async t => {
  const request = requestFor('start', { stub: '/nowhere/register.cjs' })
  const text = installed(npm, manifest('node show.js'), request)
  const other = join(t.testdirName, 'stub', 'register.cjs')
  t.same(await run(text, other), ['undefined'])
  t.same(await run(text, other, { NODE_OPTIONS: '--no-warnings' }), [
    '--no-warnings',
  ])
})

t.test('programs that the script sets nothing for have it too', async t => {
  const stub = join(t.testdirName, 'stub', 'register.cjs')
  const request = requestFor('start', { stub })
  const { preload } = request
  for (const [script, expected] of [
    [
      'NODE_OPTIONS=--trace-exit node show.js; node show.js',
      [`${preload} --trace-exit`, preload],
    ],
    [
      'NODE_OPTIONS="$NODE_OPTIONS --trace-exit" node show.js',
      [`${preload} --trace-exit`],
    ],
    ['MY_NODE_OPTIONS=--a node show.js # NODE_OPTIONS=--b', [preload]],
    ['MY_NODE_OPTIONS=--a node show.js;', [preload]],
  ] as const) {
    const text = installed(npm, manifest(script), request)
    t.same(await run(text, stub), expected, script)
  }
})

t.test('a command line in quotes has it too', async t => {
  const own = '--trace-exit'
  const scripts = [
    `sh -c "NODE_OPTIONS=${own} node show.js"`,
    `sh -c 'NODE_OPTIONS=${own} node show.js'`,
    `sh -ec 'cd . && NODE_OPTIONS="${own}" node show.js'`,
    `bash -c "A=1; NODE_OPTIONS=\\"${own}\\" node show.js"`,
    `bash -c "export NODE_OPTIONS='${own}'; node show.js"`,
    `sh run.sh "NODE_OPTIONS=${own} node show.js" "node show.js"`,
  ]
  for (const path of ['stub', 'a $b']) {
    const stub = join(t.testdirName, path, 'register.cjs')
    const request = requestFor('start', { stub })
    const { preload } = request
    for (const script of scripts) {
      const text = installed(npm, manifest(script), request)
      const all = script.startsWith('sh run.sh') ? [own, ''] : [own]
      const expected = all.map(value => `${preload} ${value}`.trim())
      t.same(await run(text, stub), expected, `${path}: ${script}`)
    }
  }
})

t.test('what may be no command line is refused', async t => {
  for (const script of [
    'start "NODE_OPTIONS=--require ./a.cjs"',
    'sh -c "sh -c \'cd x; NODE_OPTIONS=--a node x\'"',
    'echo "and NODE_OPTIONS=--a"',
    'start --with=NODE_OPTIONS=--a',
    'sh -c "# NODE_OPTIONS=--a node x"',
  ]) {
    t.throws(
      () => npm.install(manifest(script), requestFor('start')),
      { message: /inside of quotes .* by hand, --print says it$/ },
      script,
    )
  }
  const request = requestFor('start')
  const docker = 'docker run -e NODE_OPTIONS=--a image'
  const after = JSON.parse(installed(npm, manifest(docker), request))
  t.equal(after.scripts.start.endsWith(docker), true, 'images are others')
})

t.test("a user's own options are never taken for ours", async t => {
  for (const script of [
    "NODE_OPTIONS='--require=./a.cjs ' node x",
    "NODE_OPTIONS='--import=./a.mjs '--b node x",
  ]) {
    t.equal(npm.uninstall(manifest(script)), manifest(script))
    installed(npm, manifest(script), requestFor('start'))
  }
  const request = requestFor('start')
  const named = manifest(`NODE_OPTIONS='${request.preload} ' node x`)
  t.equal(npm.uninstall(named), named)
  t.throws(() => npm.install(named, request), { message: /already/ })
})

t.test('any script comes back as it was', async t => {
  const script = fc.string({
    unit: fc.constantFrom(
      'node',
      ' ',
      '"',
      "'",
      '\\',
      'NODE_OPTIONS=',
      '--a',
      '\n',
      '#',
      '\u00a0',
      '\u2028',
      '&& ',
    ),
  })
  const spell = fc.constantFrom(
    (text: string) => text,
    (text: string) => text.replace(/[a-z]/g, escaped),
    (text: string) => text.replaceAll('&', '\\u0026').replaceAll('/', '\\/'),
  )
  let count = 0
  const property = fc.property(
    script,
    fc.boolean(),
    spell,
    (start, spaces, spelled) => {
      const stub = spaces ? '/a "b"/register.cjs' : '/a/register.cjs'
      const json = spelled(JSON.stringify(start).replaceAll('\\n', '\\u000a'))
      const before = Buffer.from(
        `{"scripts": {"pre": "y", "start": ${json}}}\r\n`,
      ).toString('latin1')
      try {
        const after = installed(npm, before, requestFor('start', { stub }))
        equal(JSON.parse(after).scripts.pre, 'y')
        count += 1
      } catch (error) {
        if (!/inside of quotes/.test(String(error))) throw error
      }
    },
  )
  t.doesNotThrow(() => fc.assert(property, { numRuns: 1000 }))
  t.ok(count > 300, 'few are refused')
})

const escaped = (letter: string) => `\\u00${letter.charCodeAt(0).toString(16)}`

t.test('what is not there is said', async t => {
  const refuse = (text: string | undefined, message: string | RegExp) =>
    t.throws(() => npm.install(text, requestFor('start')), { message })
  for (const text of ['{}', '[]', '{"scripts": {"start": 3}}'])
    refuse(text, 'it has no script "start"')
  refuse(undefined, 'there is no such file')
  for (const text of ['', '{"scripts":', "{'scripts': {'start': 'x'}}"])
    refuse(text, 'it is no JSON')
  t.throws(
    () =>
      npm.install(
        manifest('x'),
        requestFor('start', { stub: "/it's/register.cjs" }),
      ),
    {
      message: /^An npm script cannot carry "'"/,
    },
  )
})

t.test('a script for Windows is told of', async t => {
  const found = (script: string) =>
    /\((.*)\): what is added is for POSIX shells/.exec(
      npm.obstacle?.(manifest(script), 'start', requestFor().where) ?? '',
    )?.[1]
  for (const [script, word] of [
    ['set A=1 && node x', 'set A=1'],
    ['SET "A=1"&&node x', 'SET "A=1"'],
    ['tsc && set A=1& node x', 'set A=1'],
    ['node x --port %PORT%', '%PORT%'],
    ['if not exist out mkdir out && node x', 'if not exist'],
    ['cross-env A=1 node x', 'cross-env'],
    ['sh -c "cross-env-shell A=1 node x"', 'cross-env-shell'],
  ] as const)
    t.equal(found(script), word, script)
  for (const script of [
    'set -e; node x',
    'date +%Y%m%d && node x',
    'node offset A=1',
    'node x --cross-env',
    'A=1 node x',
  ])
    t.equal(found(script), undefined, script)
})

t.test('a default of the script would not count any more', async t => {
  for (const default_ of [':---a', '---a', ':=--a', '=--a']) {
    const script = `NODE_OPTIONS=\${NODE_OPTIONS${default_}} node x`
    const install = () => npm.install(manifest(script), requestFor('start'))
    t.throws(install, { message: /has a default for NODE_OPTIONS/ }, script)
  }
  const added = 'NODE_OPTIONS="${NODE_OPTIONS:+$NODE_OPTIONS }--a" node x'
  installed(npm, manifest(added), requestFor('start'))
  const empty = 'NODE_OPTIONS="${NODE_OPTIONS:-} --a" node x'
  installed(npm, manifest(empty), requestFor('start'))
})

t.test('what was installed before the stub was looked for', async t => {
  const option = requestFor().preload
  const before = `export NODE_OPTIONS="\${NODE_OPTIONS:+$NODE_OPTIONS }"'${option}' && : mongowatch; node x`
  t.equal(npm.uninstall(manifest(before), 'start'), manifest('node x'))
})

t.test('a byte order mark before it hides no script', async t => {
  const text = `\u00ef\u00bb\u00bf${manifest('node x')}`
  t.equal(npm.obstacle?.(text, 'start', requestFor().where), undefined)
  installed(npm, text, requestFor('start'))
})

t.test('a script that takes the variable away is told of', async t => {
  const warning = (script: string) =>
    npm.obstacle?.(manifest(script), 'start', requestFor().where) ?? ''
  for (const script of [
    'env -u NODE_OPTIONS node x',
    'unset NODE_OPTIONS; node x',
    'unset A NODE_OPTIONS && node x',
    'env -i PATH=$PATH node x',
    'env - node x',
    'sh -c "env -uNODE_OPTIONS node x"',
  ])
    t.match(warning(script), /takes the variable away/, script)
  for (const script of ['env -u A node x', 'unset MY_NODE_OPTIONS; node x'])
    t.equal(warning(script), '', script)
})

t.test('what cross-env sets stays', async t => {
  const dir = await packagePath('cross-env', '7.0.3')
  const bin = join(dir, 'src/bin')
  const script = (name: string, rest: string) =>
    `node ${join(bin, `${name}.js`)} ${rest}`
  for (const folder of ['stub', 'a b']) {
    const stub = join(t.testdirName, folder, 'register.cjs')
    const request = requestFor('start', { stub })
    const { preload } = request
    for (const [line, own] of [
      [script('cross-env', 'A=1 node show.js'), ''],
      [
        script('cross-env', 'NODE_OPTIONS=--trace-exit A=1 node show.js'),
        ' --trace-exit',
      ],
      [
        script(
          'cross-env',
          '"NODE_OPTIONS=--trace-exit --no-warnings" node show.js',
        ),
        ' --trace-exit --no-warnings',
      ],
      [
        script(
          'cross-env',
          'NODE_OPTIONS="$NODE_OPTIONS --trace-exit" node show.js',
        ),
        ' --trace-exit',
      ],
      [
        script('cross-env-shell', 'NODE_OPTIONS=--trace-exit "node show.js"'),
        ' --trace-exit',
      ],
    ] as const) {
      if (own !== '' && folder === 'a b') {
        const message = /^cross-env cannot carry/
        t.throws(() => npm.install(manifest(line), request), { message })
        continue
      }
      const text = installed(npm, manifest(line), request)
      t.same(await run(text, stub), [preload + own], `${folder}: ${line}`)
    }
  }
})
