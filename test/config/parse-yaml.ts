import t from 'tap'
import { nodeValue } from '../../src/config/node.ts'
import { MAX_NODES, parseYaml } from '../../src/config/parse-yaml.ts'
import { problemText } from '../../src/config/problem-text.ts'

function read(text: string) {
  const { root, problems } = parseYaml({ path: '/a.yaml', text })
  return {
    value: root && nodeValue(root),
    problems: problems.map(problemText),
    root,
  }
}

t.test('maps, lists and scalars keep their places', async t => {
  const { root, value, problems } = read('a:\n  - 1\n  - b: "x"\n')
  t.same(problems, [])
  t.same(value, { a: [1, { b: 'x' }] })
  const list = root?.kind === 'map' ? root.entries.get('a')?.node : undefined
  const second = list?.kind === 'list' ? list.items[1] : undefined
  const entry = second?.kind === 'map' ? second.entries.get('b') : undefined
  t.match(entry?.keyPlace, { line: 3, column: 5, length: 1 })
  t.match(entry?.node.place, { line: 3, column: 8, length: 3 })
})

t.test('only the core schema is known', async t => {
  const { value } = read('a: yes\nb: 0o17\nc: 2020-01-01\nd: ~\ne: 1_000\n')
  t.same(value, { a: 'yes', b: 15, c: '2020-01-01', d: null, e: '1_000' })
})

t.test('nor are the tags of another schema', async t => {
  const { value, problems } = read(
    'a: !!binary eA==\nb: !!timestamp 2020-01-01\n',
  )
  t.same(value, {})
  t.match(problems, [
    /^\/a\.yaml:1:13: a: Its tag/,
    /^\/a\.yaml:2:16: b: Its tag/,
  ])
  t.same(read('a: !!str 1\nb: !!int 2\n').value, { a: '1', b: 2 })
})

t.test('an empty text holds nothing and no mistake', async t => {
  t.same(read('# only a comment\n').problems, [])
  t.equal(read('').root, undefined)
})

t.test('a syntax error has its place', async t => {
  t.match(read('a: [1,\nb: 2').problems[0], /^\/a\.yaml:2:1: /)
})

t.test('every mistake of the syntax is told', async t => {
  const lines = [
    'version: 1',
    'filters:',
    '  b: {when: a}}',
    'watchers: {global: {timeout_sec: [1,',
    'handlers:',
    '  a: {class: "console}',
    'formatters',
    '  f: {type: json}',
    'loggers: {mongowatch: {}}',
  ]
  const { value, problems } = read(lines.join('\n'))
  const places = problems.map(text => text.slice(0, '/a.yaml:3'.length))
  t.same([...new Set(places)], ['/a.yaml:3', '/a.yaml:5', '/a.yaml:7'])
  t.match(value, { version: 1, loggers: { mongowatch: {} }, filters: null })
})

t.test('the same key twice is a mistake', async t => {
  t.match(
    read('a: 1\nb: 2\na: 3').problems[0],
    /^\/a\.yaml:3:1: a: The same key twice/,
  )
})

t.test('many times the same key is not put together without end', async t => {
  const lines = Array.from({ length: 5000 }, (_, i) => `a: {k${i}: 1}`)
  const { value, problems } = read(lines.join('\n'))
  t.equal(Object.keys(Object(value).a).length, 21)
  t.equal(problems.length, 4999)
})

t.test('keys that reach a prototype are refused', async t => {
  for (const key of ['__proto__', 'constructor', 'prototype']) {
    const { value, problems } = read(`a:\n  ${key}: {polluted: true}\n  b: 1`)
    t.same(problems, [`/a.yaml:2:3: a: The key ${key} is not allowed`])
    t.same(Object.keys((value as { a: object }).a), ['b'])
  }
  t.equal(({} as { polluted?: boolean }).polluted, undefined)
})

t.test('aliases are followed, but not for ever', async t => {
  t.same(read('a: &x {b: 1}\nc: *x').value, { a: { b: 1 }, c: { b: 1 } })
  t.match(read('a: &x [*x]').problems, [/Nested too deeply|anchor/])
  let bomb = 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n'
  for (let i = 1; i < 9; i++) {
    const all = Array(10)
      .fill(`*a${i - 1}`)
      .join(', ')
    bomb += `a${i}: &a${i} [${all}]\n`
  }
  const started = process.hrtime.bigint()
  t.match(read(bomb).problems, [new RegExp(`More than ${MAX_NODES} values`)])
  t.ok(process.hrtime.bigint() - started < 20_000_000_000n, 'it ends')
})

t.test('a text nested without end is refused', async t => {
  t.match(read('['.repeat(20_000)).problems[0], /deeply|\S/)
  t.match(read(`${'{a: '.repeat(60)}1${'}'.repeat(60)}`).problems[0], /deeply/)
})

t.test('it is not even parsed, which could end the process', async t => {
  for (const [piece, place] of [
    ['[', '2:100'],
    ['{"a":', '2:496'],
    ['- ', '2:201'],
    ['? ', '2:199'],
    ['? !x ', '2:496'],
    ['a: ', '2:298'],
    ['? []: ', '2:297'],
  ] as const) {
    const { problems } = read(`a: 1\n${piece.repeat(20_000)}\nb: 2\n`)
    t.match(problems[0], new RegExp(`^/a.yaml:${place}: Nested too deeply`))
  }
})

t.test('what only looks deep is read', async t => {
  const many = Array.from({ length: 999 }, (_, i) => `a${i}: [{b: 1}]`)
  t.same(read(`a: {${many.join(', ')}}\n`).problems, [])
  t.same(read(`a: "${'- ? [x] {y} '.repeat(150)}"\n`).problems, [])
  t.same(
    read(`a: 1\n${' '.repeat(900)}\nb: 2 # ${'-'.repeat(900)}\n`).problems,
    [],
  )
})

t.test('nor is it deep for what stands in comments and texts', async t => {
  const lines = (line: string) => Array(150).fill(line).join('\n')
  for (const text of [
    lines('# level 3: durations in [3, 4)'),
    lines('# {"WatchID": 1, "Filter": {'),
    `# ${'- '.repeat(500)}`,
    `${' '.repeat(450)}# a note`,
    `a:\n${lines("  - '^tmp7[^{]'")}`,
    `a:\n${lines("  - {b: '^tmp7[^{]'} # [")}`,
    `a: |\n${lines('  DB != "[[7" &&')}`,
    `a: >\n${lines('  DB != "{: - ? " &&')}`,
    `a: Duration ${'- 1 '.repeat(405)} > 1`,
    `a: ${'x[{'.repeat(200)}`,
  ])
    t.same(read(`${text}\nb: 1\n`).problems, [], text.slice(0, 40))
})

t.test('comments and texts do not hide how deep it is', async t => {
  const dashes = '- '.repeat(5_000)
  const brackets = '# ]\n [\n'.repeat(8_000)
  for (const text of [
    `# [\na:\n ${dashes}`,
    `a: '['\nb:\n ${dashes}`,
    `a: |\n [\nb:\n ${dashes}`,
    `a: x[\nb:\n ${dashes}`,
    `a: [\n${brackets}`,
    `a: [${"']', [".repeat(8_000)}`,
  ])
    for (const _ of ['once', 'again'])
      t.match(read(text).problems.join(), /Nested too deeply/)
})

t.test('infinite numbers and keys that are no names are refused', async t => {
  t.match(read('a: .inf').problems, [/a: Expected a finite number/])
  t.match(read('? [a]\n: 1').problems[0], /Expected a name as the key/)
})
