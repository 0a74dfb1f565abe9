import { equal } from 'node:assert/strict'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { packageVersion } from '../../../../src/package.ts'
import { runFile } from '../../../fixtures/command-line.ts'
import { installed, placeOf, requestFor } from '../../../fixtures/mask.ts'

const dockerfile = placeOf('dockerfile')
const RUN = `RUN npm install --global mongowatch@${packageVersion()} && mongowatch-install-mask --install stub --yes`
const ENV =
  'ENV NODE_OPTIONS="$' +
  '{NODE_OPTIONS:+$NODE_OPTIONS }--require=/var/lib/mongowatch/register.cjs"'

const added = (before: string) =>
  installed(dockerfile, before, requestFor())
    .slice(before.length)
    .split('\n')
    .slice(1, -2)

t.test('the last stage gets package, stub and ENV', async t => {
  t.same(added('FROM node:22\nCMD ["node", "a.js"]\n'), [RUN, ENV])
  t.same(added('FROM node:22 AS build\nUSER node\nFROM node:22-slim\n'), [
    RUN,
    ENV,
  ])
})

t.test('the user of the image stays the user', async t => {
  t.same(added('FROM node:22\nUSER node\n'), [
    'USER root',
    RUN,
    'USER node',
    ENV,
  ])
  t.same(added('FROM node:22\nuser 1000:1000\n'), [
    'USER root',
    RUN,
    'USER 1000:1000',
    ENV,
  ])
  t.same(added('FROM node:22 AS base\nUSER node\nFROM base\nRUN x\n'), [
    'USER root',
    RUN,
    'USER node',
    ENV,
  ])
  t.same(added('FROM node:22\nUSER node\nUSER root\n'), [RUN, ENV])
  t.same(added('FROM node:22\nUSER 0:0\n'), [RUN, ENV])
})

t.test('awkward files come back as they were', async t => {
  for (const before of [
    'FROM node:22',
    'FROM node:22\r\nRUN a \\\r\n  && b\r\n',
    '# syntax=x\nFROM scratch\n\n\n',
  ]) {
    installed(dockerfile, before, requestFor())
  }
  t.match(installed(dockerfile, 'FROM a\r\n', requestFor()), /\r\nENV .*\r\n/)
  t.throws(() => dockerfile.install('FROM a\nRUN b \\', requestFor()), {
    message: 'its last line ends with a backslash',
  })
})

t.test('lines of a here-document are no instructions', async t => {
  const plain = [RUN, ENV]
  for (const text of [
    'FROM a\nRUN <<EOF\nUSER node\nFROM b\nEOF\n',
    'FROM a\nRUN <<-"EOF" cat\n\tUSER node\n\tEOF\n',
    'FROM a\nCOPY <<A <<B /x/\nUSER x\nA\nUSER y\nB\n',
    'FROM a\nRUN a \\\n# USER node\n  USER b\n',
    'FROM a\n# USER node\n',
    '# escape=`\nFROM a\nRUN a `\n  USER node\n',
  ])
    t.same(added(text), plain, text)
  const user = ['USER root', RUN, 'USER node', ENV]
  for (const text of [
    'FROM a\nRUN <<EOF\nUSER x\nEOF\nUSER node\n',
    'FROM a\nRUN cat <<<EOF\nUSER node\n',
    'FROM a\nRUN a << 1\nUSER node\n',
    'FROM a\nUSER \\\n  node\n',
    'FROM a\nLABEL x="<<EOF"\nUSER node\n',
  ])
    t.same(added(text), user, text)
})

t.test('what has no FROM is no Dockerfile', async t => {
  const refuse = (text: string | undefined, message: RegExp) =>
    t.throws(() => dockerfile.install(text, requestFor()), { message })
  refuse('', /it has no FROM/)
  refuse('RUN a\n# FROM b\n', /it has no FROM/)
  refuse('RUN <<EOF\nFROM b\nEOF\n', /it has no FROM/)
  refuse(undefined, /there is no such file/)
})

t.test('the image gets the stub that its ENV names', async t => {
  for (const name of ['opt/register.cjs', 'o p/t/register.cjs']) {
    const stub = join(t.testdir({}), name)
    const request = requestFor('', { stub })
    const text = installed(dockerfile, 'FROM a\n', request)
    const command = /^RUN .* && mongowatch-install-mask (.*)$/m.exec(text)?.[1]
    const bin = resolve(__dirname, '../../../../bin/mongowatch-install-mask.js')
    const line = `"${process.execPath}" "${bin}" ${command}`
    t.equal((await runFile('sh', ['-c', line])).code, 0)
    const env = { NODE_OPTIONS: request.preload, MONGOWATCH_DISABLED: '1' }
    const node = await runFile(process.execPath, ['-e', '1'], { env })
    t.equal(node.code, 0, node.stderr)
  }
  t.notMatch(installed(dockerfile, 'FROM a\n', requestFor()), '--stub')
})

t.test('any Dockerfile comes back as it was', async t => {
  const line = fc.constantFrom(
    'RUN a && \\',
    'RUN <<EOF',
    'EOF',
    'USER node',
    'FROM b AS c',
    '# x',
    '',
    '  ENV NODE_OPTIONS=--a',
    'CMD ["é"]',
  )
  const lines = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n')))
  const property = fc.property(
    fc.constantFrom('', '# syntax=x\n', '\u00ef\u00bb\u00bf'),
    lines,
    fc.constantFrom('', 'USER x', 'COPY . .'),
    (head, rows, last) => {
      const rest = rows.map(row => row.join('')).join('')
      const before = `${head}FROM a\n${rest}\n${last}`
      equal(installed(dockerfile, before, requestFor()).includes(ENV), true)
    },
  )
  t.doesNotThrow(() => fc.assert(property, { numRuns: 1000 }))
})

t.test('a path that a Dockerfile would change is refused', async t => {
  const request = requestFor('', { stub: '/a$b/register.cjs' })
  t.throws(() => dockerfile.install('FROM a\n', request), {
    message: /^A Dockerfile cannot carry "\$"/,
  })
  const spaces = requestFor('', { stub: '/a b/register.cjs' })
  t.match(
    installed(dockerfile, 'FROM a\n', spaces),
    '\\"--require=/a b/register.cjs\\""',
  )
  t.match(
    installed(dockerfile, '# escape=`\nFROM a\n', spaces),
    '`"--require=/a b/register.cjs`""',
    'the file has another escape',
  )
})

t.test('an image in which RUN npm fails is told of', async t => {
  const warnings = {
    'FROM golang:1.22\nRUN go build\n': /golang:1\.22, which has no npm, as/,
    'FROM node:22 AS build\nFROM scratch\nCOPY --from=build /usr/bin/node /\n':
      /scratch, which has no shell and no npm/,
    'FROM gcr.io/distroless/nodejs22-debian12\n': /no shell and no npm/,
    'FROM golang AS a\nFROM a\n# npm\n': /made of golang, which/,
    'FROM debian AS node\nUSER x\nFROM node\n': /made of debian/,
  }
  for (const [text, expected] of Object.entries(warnings))
    t.match(dockerfile.obstacle?.(text, '', requestFor().where), expected, text)
  for (const text of [
    'FROM node:22\n',
    'FROM --platform=linux/amd64 docker.io/library/node:22 AS x\n',
    'FROM node AS base\nFROM golang AS tool\nFROM base\nCOPY --from=tool /a /a\n',
    'FROM debian:12\nRUN apt-get install -y \\\n  nodejs npm\n',
    'FROM debian AS Base\nRUN apt-get install nodejs\nFROM base\nUSER x\n',
    'FROM example.org/base:1\nCMD ["node", "server.js"]\n',
  ])
    t.equal(
      dockerfile.obstacle?.(text, '', requestFor().where),
      undefined,
      text,
    )
})
