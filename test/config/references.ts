import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { nodeValue, problemsIn } from '../../src/config/node.ts'
import { parseYaml } from '../../src/config/parse-yaml.ts'
import { problemText } from '../../src/config/problem-text.ts'
import { resolveReferences } from '../../src/config/references.ts'

function resolve(text: string, env: NodeJS.ProcessEnv = {}, path = '/a.yaml') {
  const { root } = parseYaml({ path, text })
  if (root === undefined) throw new Error('not YAML')
  const resolved = resolveReferences(root, env)
  return {
    value: nodeValue(resolved),
    problems: problemsIn(resolved).map(problemText),
  }
}

t.test('${env:NAME} is the variable, or its default', async t => {
  const text = 'a: "x${env:A}y${env:B:-b}${env:C:-}"'
  t.same(resolve(text, { A: '1', B: '' }).value, { a: 'x1yb' })
})

t.test('a variable that is not there is told, with what to write', async t => {
  t.same(resolve('a: ${env:GONE}').problems, [
    '/a.yaml:1:4: a: The environment has no "GONE" (${env:GONE:-default} has a default)',
  ])
  t.match(resolve('a: ${HOME}').problems, [/did you mean \$\{env:HOME\}\?/])
  t.match(resolve('a: ${dns:x}').problems, [/Expected \$\{env:NAME\} or/])
})

t.test('$${ stands for itself, and a value is not read again', async t => {
  t.same(resolve('a: "$${env:A}"').value, { a: '${env:A}' })
  t.same(resolve('a: "${env:A}"', { A: '${env:B}' }).value, { a: '${env:B}' })
})

t.test('a reference without its end, or in another, is told', async t => {
  for (const text of ['${env:A.jsonl', 'x${env:A:-${env:B}/y}', '${']) {
    const { value, problems } = resolve(`a: '${text}'`, { A: '1', B: '2' })
    t.same(value, { a: null })
    t.match(problems, [/: a: Expected .*, and a \} at its end, got "\$\{/])
  }
  t.same(resolve("a: '$${env:A.x $${ ${env:A}'", { A: '1' }).value, {
    a: '${env:A.x ${ 1',
  })
})

t.test(
  '${file:PATH} is the text of a file beside, without its line end',
  async t => {
    const folder = t.testdir({ secret: 'hush\n' })
    const config = join(folder, 'mongowatch.yaml')
    t.same(resolve('a: ${file:secret}', {}, config).value, { a: 'hush' })
    t.match(resolve('a: ${file:gone}', {}, config).problems, [
      /Cannot read .*gone: ENOENT/,
    ])
    t.match(resolve('a: ${file:.}', {}, config).problems, [
      /Expected a file at/,
    ])
    writeFileSync(join(folder, 'big'), 'x'.repeat(65_537))
    t.match(resolve('a: ${file:big}', {}, config).problems, [/at most 65536/])
  },
)

t.test('cfg:// is the value at another place', async t => {
  const { value } = resolve(
    [
      'a: {b: [1, {c.d: x}], "e.f": {g: 2}}',
      'one: cfg://a.b[0]',
      'two: cfg://a.b[1].c.d',
      'three: cfg://a.e.f',
      'four: cfg://three.g',
      'five: "cfg://a[\'e.f\'].g"',
    ].join('\n'),
  )
  t.match(value, { one: 1, two: 'x', three: { g: 2 }, five: 2 })
})

t.test('cfg:// that leads nowhere, or to itself, is told', async t => {
  t.match(resolve('handlers: {audit: 1}\nb: cfg://handlers.audti').problems, [
    /2:4: b: Expected a value at cfg:\/\/handlers\.audti, there is none \(did you mean audit\?\)/,
  ])
  t.match(resolve('a: cfg://b\nb: cfg://a').problems, [
    /leads to itself/,
    /leads to itself/,
  ])
  t.match(resolve('a: {b: cfg://a}').problems[0], /itself|large/)
})

t.test('references cannot make a small file large', async t => {
  let text = 'a0: [x, x, x, x, x, x, x, x, x, x]\n'
  for (let i = 1; i < 9; i++)
    text += `a${i}: [${Array(10)
      .fill(`cfg://a${i - 1}`)
      .join(', ')}]\n`
  t.match(resolve(text).problems[0], /too large/)
  const long = { LONG: 'x'.repeat(100_000) }
  const many = `a: "${'${env:LONG}'.repeat(100)}"`
  t.match(resolve(many, long).problems, [/too large/])
})
