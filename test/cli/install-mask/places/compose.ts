import { deepStrictEqual, equal } from 'node:assert/strict'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { parse, stringify } from 'yaml'
import { installed, placeOf, requestFor } from '../../../fixtures/mask.ts'

const compose = placeOf('compose')
const OPTION = '--require=/var/lib/mongowatch/register.cjs'

type Environment = Record<string, string | null> | string[] | null | undefined

/** NODE_OPTIONS of each service as compose would read the file. */
function options(text: string): Record<string, unknown> {
  const { services } = parse(text, { merge: true })
  const read = (environment: Environment) =>
    Array.isArray(environment)
      ? environment.find(item => item.startsWith('NODE_OPTIONS='))?.slice(13)
      : environment?.NODE_OPTIONS
  return Object.fromEntries(
    Object.entries<{ environment?: Environment }>(services).map(
      ([name, service]) => [name, read(service?.environment)],
    ),
  )
}

const cases: [string, string, Record<string, unknown>][] = [
  [
    'no environment',
    'services:\n  a:\n    image: x\n    ports:\n      - "80:80"\n  b:\n    build: .\nvolumes: {}\n',
    { a: OPTION, b: OPTION },
  ],
  [
    'a map',
    'services:\n  a:\n    image: x\n    environment:\n      A: 1 # one\n      NODE_OPTIONS: --a\n      B: |\n        text\n',
    { a: `--a ${OPTION}` },
  ],
  [
    'a map without it',
    'services:\n  a:\n    environment:\n      # why\n      A: 1',
    { a: OPTION },
  ],
  [
    'a list',
    "services:\n  a:\n    environment:\n      - A=1\n      - 'NODE_OPTIONS=--a --b'\n    image: x\n",
    { a: `--a --b ${OPTION}` },
  ],
  [
    'a list without it, not indented',
    'services:\n  a:\n    environment:\n    - A=1\n    image: x\n',
    { a: OPTION },
  ],
  [
    'a list that takes it from the host',
    'services:\n  a:\n    environment:\n      - NODE_OPTIONS\n',
    { a: `\${NODE_OPTIONS-} ${OPTION}` },
  ],
  [
    'a map that takes it from the host',
    'services:\n  a:\n    environment:\n      NODE_OPTIONS:\n      A: 1\n',
    { a: `\${NODE_OPTIONS-} ${OPTION}` },
  ],
  [
    'on one line',
    'services: {a: {image: x}, b: {environment: {NODE_OPTIONS: "--b"}}, c: {environment: [A=1]}, d: {environment: {}}}',
    { a: OPTION, b: `--b ${OPTION}`, c: OPTION, d: OPTION },
  ],
  [
    'nothing after the key',
    'services:\n  a:\n    environment:\n    image: x\n',
    { a: OPTION },
  ],
  [
    'CR LF and a folded value',
    'services:\r\n  a:\r\n    environment:\r\n      NODE_OPTIONS: >-\r\n        --a\r\n        --b\r\n      C: d\r\n',
    { a: `--a --b ${OPTION}` },
  ],
  [
    'an anchor for several services',
    'x-env: &env\n  A: 1\n  NODE_OPTIONS: --x\nservices:\n  a:\n    environment: *env\n  b:\n    environment: *env\n',
    { a: `--x ${OPTION}`, b: `--x ${OPTION}` },
  ],
  [
    'a merged environment',
    'x-env: &env\n  NODE_OPTIONS: --x\nservices:\n  a:\n    environment:\n      <<: *env\n      B: 2\n',
    { a: `--x ${OPTION}` },
  ],
  [
    'a merged service',
    'x-base: &base\n  image: x\n  environment:\n    A: 1\nservices:\n  a:\n    <<: *base\n  b:\n    <<: [*base]\n    ports: []\n',
    { a: OPTION, b: OPTION },
  ],
  [
    'a service that extends another',
    'services:\n  a:\n    environment:\n      NODE_OPTIONS: --a\n  b:\n    extends:\n      service: a\n',
    { a: `--a ${OPTION}`, b: undefined },
  ],
]

for (const [name, before, expected] of cases) {
  t.test(name, async t => {
    const after = installed(compose, before, requestFor('compose.yaml'))
    t.same(options(after), expected)
  })
}

const more: typeof cases = [
  [
    'an alias in a list and as a value',
    'x-o: &o NODE_OPTIONS=--x\nx-v: &v --v\nservices:\n  a:\n    environment:\n      - A=1\n      - *o\n  b:\n    environment:\n      NODE_OPTIONS: *v\n',
    { a: `--x ${OPTION}`, b: `--v ${OPTION}` },
  ],
  [
    'the last of two in a list counts',
    'services:\n  a:\n    environment: [NODE_OPTIONS=--a, NODE_OPTIONS=--b]\n',
    { a: '--a' },
  ],
  [
    'a service that is an alias',
    'services:\n  a: &a\n    image: x\n  b: *a\n',
    { a: OPTION, b: OPTION },
  ],
  [
    'a service that extends another and says it itself, in a list',
    'services:\n  a:\n    image: x\n  b:\n    extends: a\n    environment:\n      - NODE_OPTIONS=--b\n  c:\n    extends: {service: b}\n    environment: [C=1]\n',
    { a: OPTION, b: `--b ${OPTION}`, c: undefined },
  ],
]

for (const [name, before, expected] of more) {
  t.test(name, async t => {
    const after = installed(compose, before, requestFor('compose.yaml'))
    t.same(options(after), expected)
  })
}

t.test('the last of two in a list has it', async t => {
  const before =
    'services:\n  a:\n    environment: [NODE_OPTIONS=--a, NODE_OPTIONS=--b]\n'
  const { services } = parse(installed(compose, before, requestFor()))
  t.same(services.a.environment, [
    'NODE_OPTIONS=--a',
    `NODE_OPTIONS=--b ${OPTION}`,
  ])
})

t.test('a byte order mark stays at the begin', async t => {
  const before = '\u00ef\u00bb\u00bfservices:\r\n  a:\r\n    image: x\r\n'
  const after = installed(compose, before, requestFor())
  t.equal(after.slice(0, 3), before.slice(0, 3))
  t.same(options(after.slice(3)), { a: OPTION })
})

t.test('what comes from files of variables is kept', async t => {
  const folder = t.testdir({
    'a.env': 'NODE_OPTIONS=--a # why\n',
    'b.env': 'B=1\n',
    'c.env': "export NODE_OPTIONS='--c=$x'\n",
    sub: { 'base.yaml': BASE, 'base.env': 'NODE_OPTIONS="--base-file"\n' },
  })
  const files: [string, string][] = [
    ['env_file: a.env', '--a '],
    ['env_file: [a.env, b.env]', '--a '],
    ['env_file: [b.env, none.env]', ''],
    [
      'env_file:\n      - a.env\n      - path: c.env\n        required: false',
      '--c=$$x ',
    ],
    ['env_file: a.env\n    environment:\n      A: 1', '--a '],
    ['env_file: a.env\n    environment:\n      - A=1', '--a '],
    ['env_file: a.env\n    environment:\n      NODE_OPTIONS: --own', '--own '],
    ['extends: {file: sub/base.yaml, service: set}', '--base '],
    ['extends: {file: sub/base.yaml, service: filed}', '--base-file '],
    ['extends: {file: sub/base.yaml, service: none}', ''],
    ['extends: {file: none.yaml, service: x}', ''],
  ]
  for (const [text, value] of files) {
    const before = `services:\n  s:\n    ${text}\n`
    const request = requestFor(join(folder, 'compose.yaml'))
    t.same(
      options(installed(compose, before, request)),
      { s: value + OPTION },
      text,
    )
  }
})

const BASE = `services:
  set:
    environment: {NODE_OPTIONS: --base}
  filed:
    env_file: base.env
`

t.test('one that extends another gets its value when named', async t => {
  const before =
    'services:\n  a:\n    environment: [NODE_OPTIONS=--a]\n  b:\n    extends: a\n'
  const request = requestFor('compose.yaml', { services: ['b'] })
  t.same(options(installed(compose, before, request)), {
    a: '--a',
    b: `--a ${OPTION}`,
  })
})

t.test('an anchor is not changed for one of its services', async t => {
  const refuse = (text: string, ...services: string[]) =>
    t.throws(() => compose.install(text, requestFor('', { services })), {
      message: /share their environment \(an anchor\): name both/,
    })
  refuse(
    'services:\n  a: {environment: &e {A: 1}}\n  b: {environment: *e}\n',
    'a',
  )
  refuse(
    'x: &e [A=1]\nservices:\n  a: {environment: *e}\n  b: {environment: *e}\n',
    'a',
  )
  refuse(
    'x: &s {environment: {A: 1}}\nservices:\n  a:\n    <<: *s\n  b:\n    <<: *s\n',
    'b',
  )
})

t.test(
  'a service that only names an anchor gets its own beside it',
  async t => {
    const shared = 'x: &e\n  A: 1\n  NODE_OPTIONS: --a\nservices:\n'
    for (const services of [
      '  a: {environment: *e}\n  b: {environment: *e}\n',
      '  a:\n    environment: *e # as all\n  b:\n    environment: *e',
    ]) {
      const request = requestFor('compose.yaml', { services: ['a'] })
      const file = parse(installed(compose, shared + services, request), {
        merge: true,
      })
      t.same(file.services, {
        a: { environment: { A: 1, NODE_OPTIONS: `--a ${OPTION}` } },
        b: { environment: { A: 1, NODE_OPTIONS: '--a' } },
      })
    }
  },
)

t.test('an option that is there already is not there twice', async t => {
  const before = `services:\n  a:\n    environment: ["NODE_OPTIONS=--a ${OPTION}"]\n`
  t.same(options(installed(compose, before, requestFor())), {
    a: `--a ${OPTION}`,
  })
})

t.test('what a service merges is not lost', async t => {
  const before =
    'x-base: &base\n  environment:\n    A: 1\nservices:\n  a:\n    <<: *base\n'
  const { services } = parse(installed(compose, before, requestFor()), {
    merge: true,
  })
  t.same(services.a.environment, { NODE_OPTIONS: OPTION, A: 1 })
})

t.test('only the services that are named', async t => {
  const before = 'services:\n  a:\n    image: x\n  b:\n    image: y\n'
  const request = requestFor('compose.yaml', { services: ['b'] })
  t.same(options(installed(compose, before, request)), {
    a: undefined,
    b: OPTION,
  })
  t.throws(() => compose.install(before, requestFor('', { services: ['c'] })), {
    message: 'it has no service "c"',
  })
})

t.test('a dollar sign of the path is no variable', async t => {
  const request = requestFor('', { stub: '/a$b/register.cjs' })
  const after = installed(compose, 'services:\n  a:\n    image: x\n', request)
  t.match(after, '--require=/a$$b/register.cjs')
})

t.test('what is no compose file is not touched', async t => {
  const refuse = (text: string, message: string | RegExp) =>
    t.throws(() => compose.install(text, requestFor()), { message })
  refuse('', 'it has no services')
  refuse('a: 1', 'it has no services')
  refuse('services:\n  a: {', /^line 2 is no YAML of a compose file/)
  refuse('services:\n  a:\n    environment: 3\n', 'an environment is no list')
})

t.test('everything else of any compose file stays the same', async t => {
  const value = fc.constantFrom(
    '1',
    'a b',
    'x: y # z',
    '"q"',
    "it's",
    '',
    '- a',
    'line\nline\n',
  )
  const environment = fc.oneof(
    fc.dictionary(fc.constantFrom('A', 'B', 'NODE_OPTIONS'), value),
    fc.uniqueArray(fc.constantFrom('A=1', 'NODE_OPTIONS=--a', 'B=c d # e')),
  )
  const service = fc.record(
    { image: value, environment, command: fc.array(value) },
    { requiredKeys: [] },
  )
  const services = fc.dictionary(fc.constantFrom('a', 'b', 'c'), service, {
    minKeys: 1,
  })
  const layout = fc.record({
    indent: fc.constantFrom(2, 4),
    indentSeq: fc.boolean(),
    collectionStyle: fc.constantFrom<'any' | 'flow'>('any', 'flow'),
    lineWidth: fc.constantFrom(0, 20),
  })
  const property = fc.property(
    services,
    layout,
    fc.constantFrom('\n', '\r\n'),
    (content, style, end) => {
      const before = stringify(
        { version: '3', services: content, volumes: { v: null } },
        style,
      ).replaceAll('\n', end)
      const empty = Object.values(content).some(
        each => Object.keys(each).length === 0,
      )
      const after = installed(compose, before, requestFor())
      const found = parse(after)
      for (const [name, { environment: old }] of Object.entries(content)) {
        equal(String(options(after)[name]).endsWith(OPTION), true)
        const made = found.services[name].environment
        if (old === undefined) delete found.services[name].environment
        else if (Array.isArray(old))
          found.services[name].environment = restoreList(made, old)
        else found.services[name].environment = { ...made, ...old }
        if (old && !Array.isArray(old) && old.NODE_OPTIONS === undefined) {
          delete found.services[name].environment.NODE_OPTIONS
        }
      }
      if (!empty) deepStrictEqual(found, parse(before))
    },
  )
  t.doesNotThrow(() => fc.assert(property, { numRuns: 500 }))
})

function restoreList(made: string[], old: string[]): string[] {
  const own = old.find(item => item.startsWith('NODE_OPTIONS'))
  const rest = made.filter(item => !item.startsWith('NODE_OPTIONS'))
  if (own === undefined) return rest
  return old.map(item => (item === own ? own : (rest.shift() ?? '')))
}
