import { equal } from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { parse, stringify } from 'yaml'
import { runFile } from '../../../fixtures/command-line.ts'
import { installed, placeOf, requestFor } from '../../../fixtures/mask.ts'

const pm2 = placeOf('pm2')
const OPTION = '--require=/var/lib/mongowatch/register.cjs'

/** The apps of an ecosystem file as pm2 gets them. */
async function load(text: string, env: Record<string, string> = {}) {
  const dir = t.testdir({})
  writeFileSync(join(dir, 'ecosystem.config.js'), text)
  const script = 'console.log(JSON.stringify(require("./ecosystem.config.js")))'
  const { stdout, stderr } = await runFile(process.execPath, ['-e', script], {
    cwd: dir,
    env,
  })
  if (stderr !== '') throw new Error(stderr)
  return JSON.parse(stdout)
}

t.test('every app gets the option beside its own', async t => {
  const before = `module.exports = {
  apps: [
    { name: 'a', script: 'a.js' },
    { name: 'b', script: 'b.js', env: { A: '1', NODE_OPTIONS: '--b' }, env_production: { NODE_OPTIONS: '--p' }, env_test: { B: 2 } },
  ],
}`
  const { apps } = await load(installed(pm2, before, requestFor()))
  t.same(apps, [
    { name: 'a', script: 'a.js', env: { NODE_OPTIONS: OPTION } },
    {
      name: 'b',
      script: 'b.js',
      env: { A: '1', NODE_OPTIONS: `--b ${OPTION}` },
      env_production: { NODE_OPTIONS: `--p ${OPTION}` },
      env_test: { B: 2 },
    },
  ])
})

t.test('what pm2 inherits stays, and is not doubled', async t => {
  const text = installed(
    pm2,
    "module.exports = [{ name: 'a' }]\r\n",
    requestFor(),
  )
  const inherited = await load(text, { NODE_OPTIONS: '--no-warnings' })
  t.equal(inherited[0].env.NODE_OPTIONS, `--no-warnings ${OPTION}`)
  const single = installed(pm2, "module.exports = { name: 'a' }", requestFor())
  t.equal((await load(single)).env.NODE_OPTIONS, OPTION)
})

const fileOf = (name: string) => requestFor(`/srv/${name}`)

t.test('a JSON file gets the option, and stays JSON', async t => {
  const add = (apps: unknown, indent?: number) =>
    JSON.parse(
      installed(pm2, JSON.stringify(apps, null, indent), fileOf('a.json')),
    )
  for (const indent of [undefined, 2]) {
    const { apps } = add(
      {
        apps: [
          { name: 'a', script: 'a.js' },
          {
            script: 'b.js',
            env: { A: '1', NODE_OPTIONS: '--title="x y"' },
            env_production: { NODE_OPTIONS: '' },
            env_test: { B: 2 },
          },
          { script: 'c.js', env: {} },
          { script: 'd.js', env: { D: '1' } },
        ],
      },
      indent,
    )
    t.match(apps, [
      { name: 'a', env: { NODE_OPTIONS: OPTION } },
      {
        env: { A: '1', NODE_OPTIONS: `--title="x y" ${OPTION}` },
        env_production: { NODE_OPTIONS: ` ${OPTION}` },
        env_test: { B: 2 },
      },
      { env: { NODE_OPTIONS: OPTION } },
      { env: { D: '1', NODE_OPTIONS: OPTION } },
    ])
    t.same(apps[1].env_test, { B: 2 })
  }
  t.equal(add([{ script: 'a.js' }])[0].env.NODE_OPTIONS, OPTION, 'a list')
  t.equal(add({ script: 'a.js' }).env.NODE_OPTIONS, OPTION, 'one app')
})

t.test('awkward JSON files', async t => {
  const apps = (text: string) =>
    JSON.parse(installed(pm2, text, fileOf('a.json'))).apps
  t.match(apps('{"apps": [{}]}'), [{ env: { NODE_OPTIONS: OPTION } }])
  t.match(apps('{"apps": [{ }, {"script":"a"}]}'), [
    { env: { NODE_OPTIONS: OPTION } },
    { script: 'a', env: { NODE_OPTIONS: OPTION } },
  ])
  t.match(apps('{"apps": [{"env": {"NODE_OPTIONS": null, "A": null}}]}'), [
    { env: { NODE_OPTIONS: OPTION, A: null } },
  ])
  t.match(apps('{"apps": [{"env": {}, "script": "c.js"}]}'), [
    { env: { NODE_OPTIONS: OPTION }, script: 'c.js' },
  ])
  t.match(apps('{"apps": [{"env": {"NODE_OPTIONS": "--\\u0061"}}]}'), [
    { env: { NODE_OPTIONS: `--a ${OPTION}` } },
  ])
})

t.test('an app in YAML that has the option keeps what it has', async t => {
  const before = `apps:\n  - script: a.js\n    env: {NODE_OPTIONS: ${OPTION}}\n  - script: b.js\n`
  const { apps } = parse(installed(pm2, before, fileOf('a.yaml')))
  t.same(
    apps.map((app: { env: object }) => app.env),
    [{ NODE_OPTIONS: OPTION }, { NODE_OPTIONS: OPTION }],
  )
})

t.test('node_args that name the stub are the user’s own', async t => {
  for (const own of [
    `"node_args": "--a ${OPTION}"`,
    `"node_args": ["${OPTION}"]`,
    `"env": {"NODE_OPTIONS": "${OPTION}"}`,
    `"env": {"NODE_OPTIONS": "--a ${OPTION}"}`,
  ]) {
    const text = `{"apps": [{"script": "a.js", ${own}}]}`
    t.equal(pm2.uninstall(text), text, 'nothing is installed')
    t.throws(() => pm2.install(text, fileOf('a.json')), {
      message: /names --require=.* already: .* take it out/,
    })
  }
  const other =
    '{"apps": [{"script": "a.js", "node_args": "--require=./x.js"}]}'
  t.match(JSON.parse(installed(pm2, other, fileOf('a.json'))).apps[0], {
    node_args: '--require=./x.js',
    env: { NODE_OPTIONS: OPTION },
  })
})

t.test('any JSON file comes back as it was', async t => {
  const options = fc.constantFrom('', '--a', null, '--title="x y"', 'é')
  const env = fc.record(
    { A: fc.constantFrom('1', null, 3), NODE_OPTIONS: options, B: fc.string() },
    { requiredKeys: [] },
  )
  const app = fc.record(
    {
      script: fc.string(),
      env,
      env_production: env,
      node_args: fc.constantFrom('--b', ['--require=x'], null),
      args: fc.array(fc.string()),
    },
    { requiredKeys: [] },
  )
  const wrap = fc.constantFrom(
    (apps: unknown[]): unknown => apps,
    (apps: unknown[]): unknown => ({ apps, deploy: {} }),
    ([first]: unknown[]): unknown => first,
  )
  const property = fc.property(
    fc.array(app, { minLength: 1 }),
    wrap,
    fc.constantFrom(undefined, 2, '\t'),
    fc.constantFrom('', '\n', '\r\n'),
    (apps, form, indent, end) => {
      const json = JSON.stringify(form(apps), null, indent)
      const before = Buffer.from(json + end).toString('latin1')
      const after = JSON.parse(installed(pm2, before, fileOf('a.json')))
      const [first] = [after.apps ?? after].flat()
      equal(first.env.NODE_OPTIONS.trimEnd().endsWith(OPTION), true)
    },
  )
  t.doesNotThrow(() => fc.assert(property, { numRuns: 1000 }))
})

t.test('any JavaScript or YAML file comes back as it was', async t => {
  const line = fc.constantFrom('// x', '', '  a: 1,', "'é\\\\',", '`', '#')
  const end = fc.constantFrom('\n', '\r\n')
  const script = fc.property(
    fc.array(fc.tuple(line, end)),
    fc.boolean(),
    (rows, last) => {
      const text = rows.map(row => row.join('')).join('')
      installed(
        pm2,
        `module.exports = {}\n${text}${last ? 'x' : ''}`,
        fileOf('a.js'),
      )
    },
  )
  t.doesNotThrow(() => fc.assert(script, { numRuns: 500 }))
  const env = fc.dictionary(
    fc.constantFrom('A', 'NODE_OPTIONS'),
    fc.constantFrom('--a', null, 'x: # y', 'two\nlines\n'),
  )
  const app = fc.record(
    { script: fc.constant('a'), env },
    { requiredKeys: ['script'] },
  )
  const layout = fc.record({
    indent: fc.constantFrom(2, 4),
    indentSeq: fc.boolean(),
    collectionStyle: fc.constantFrom<'any' | 'flow'>('any', 'flow'),
  })
  const yaml = fc.property(
    fc.array(app, { minLength: 1 }),
    layout,
    end,
    (apps, style, lineEnd) => {
      const before = stringify({ apps }, style).replaceAll('\n', lineEnd)
      const after = parse(installed(pm2, before, fileOf('a.yaml')))
      for (const { env } of after.apps)
        equal(env.NODE_OPTIONS.endsWith(OPTION), true)
    },
  )
  t.doesNotThrow(() => fc.assert(yaml, { numRuns: 500 }))
})

t.test('an ecosystem file that is odd starts all the same', async t => {
  const odd = `'use strict'
module.exports = Object.freeze({ apps: [Object.freeze({ name: 'a' }), null] })`
  const text = installed(pm2, odd, requestFor())
  const dir = t.testdir({ 'ecosystem.config.js': text })
  const script = 'console.log(require("./ecosystem.config.js").apps[0].name)'
  const { code, stdout } = await runFile(process.execPath, ['-e', script], {
    cwd: dir,
  })
  t.equal(code, 0)
  t.equal(stdout, 'a\n')
  const strings = 'module.exports = { env_file: "x", env_a: null, name: "a" }'
  t.match(await load(installed(pm2, strings, requestFor())), {
    env_file: 'x',
    env: { NODE_OPTIONS: OPTION },
  })
})

t.test('a path with spaces and quotes in a JSON file', async t => {
  const request = requestFor('/srv/a.json', { stub: '/a "b"/register.cjs' })
  const before = '{"apps":[{"script":"a.js","env":{"NODE_OPTIONS":"--a"}}]}\r\n'
  const { apps } = JSON.parse(installed(pm2, before, request))
  t.equal(apps[0].env.NODE_OPTIONS, `--a ${request.preload}`)
})

t.test('a YAML file gets the option, and its comments stay', async t => {
  const before = `# ours
apps:
  - script: a.js # first
    env: &common
      A: 1
      NODE_OPTIONS: --a
  - script: b.js
    env: *common
  - script: c.js
  - { script: d.js, env: { D: 1 } }
  - script: e.js
    env:
    env_production: { NODE_OPTIONS: --p }
  - script: f.js
    env: { <<: *common, F: 1 }`
  for (const text of [before, before.replaceAll('\n', '\r\n')])
    for (const name of ['a.yaml', 'a.yml']) {
      const after = installed(pm2, text, fileOf(name))
      t.match(after, '# first')
      t.match(parse(after, { merge: true }).apps, [
        { env: { A: 1, NODE_OPTIONS: `--a ${OPTION}` } },
        { env: { A: 1, NODE_OPTIONS: `--a ${OPTION}` } },
        { env: { NODE_OPTIONS: OPTION } },
        { env: { D: 1, NODE_OPTIONS: OPTION } },
        {
          env: { NODE_OPTIONS: OPTION },
          env_production: { NODE_OPTIONS: `--p ${OPTION}` },
        },
        { env: { F: 1, NODE_OPTIONS: `--a ${OPTION}` } },
      ])
    }
})

t.test('what is no ecosystem file is refused', async t => {
  const refuses = (name: string, text: string | undefined, message: RegExp) =>
    t.throws(() => pm2.install(text, fileOf(name)), { message }, name)
  for (const text of ['', 'export default {}', '{"apps": []}'])
    refuses('a.config.js', text, /no module\.exports/)
  refuses('a.config.js', undefined, /no such file/)
  refuses('a.json', '{"apps": [{"script": "a.js"},]}', /no JSON/)
  refuses('a.json', '{"apps": []}', /no apps/)
  refuses('a.json', '{"apps": [{"env": 1}]}', /no map/)
  refuses('a.yaml', 'apps: 1', /no apps/)
  refuses('a.yaml', 'apps: [{env: [1]}]', /no map/)
  refuses('a.yaml', 'apps: [', /no YAML/)
})
