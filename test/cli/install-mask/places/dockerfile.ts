import t from 'tap'
import { version } from '../../../../src/cli/version.ts'
import { installed, placeOf, requestFor } from '../../../fixtures/mask.ts'

const dockerfile = placeOf('dockerfile')
const RUN = `RUN npm install --global mongowatch@${version()} && mongowatch-install-mask --install stub --yes`
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
})
