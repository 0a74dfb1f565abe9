import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { checkConfig } from '../../src/config/check-config.ts'
import { createAuthority } from '../fixtures/receivers/certificates.ts'

/** What check-config says of a file beside others, in the folder ROOT. */
function check(
  t: Test,
  lines: readonly string[],
  files: Readonly<Record<string, string>> = {},
) {
  const text = lines.join('\n').replaceAll('ROOT', t.testdirName)
  const root = t.testdir({ 'c.yaml': text, ...files })
  chmodSync(root, 0o755)
  const told = checkConfig([join(root, 'c.yaml')])
  return { ...told, text: told.text.replaceAll(`${root}/`, '') }
}

t.test('modules that cannot be loaded are mistakes', async t => {
  const { text, ok } = check(
    t,
    [
      'filters:',
      '  a: {module: ./gone.js}',
      '  b: {module: ./broken.js}',
      '  c: {module: ./right.js, export: other}',
      '  d: {module: ./right.js}',
      'handlers:',
      '  e: {module: ./gone.js}',
      '  f: {module: ./right.js, export: other}',
      '  g: {module: ./right.js}',
    ],
    {
      'broken.js': 'module.exports = (',
      'right.js': 'module.exports = class { }',
    },
  )
  t.equal(ok, false)
  t.match(text, /^c\.yaml:2:15: gone\.js cannot be loaded: Cannot find module/m)
  t.match(text, /^c\.yaml:3:15: broken\.js cannot be loaded: Unexpected end/m)
  t.match(text, /^c\.yaml:4:35: right\.js exports no function other$/m)
  t.match(text, /^c\.yaml:7:15: Cannot find module/m)
  t.match(text, /^c\.yaml:8:35: right\.js, export other is no transport$/m)
  t.match(text, /\n\n5 mistakes$/)
})

t.test("a package that is not here may be the application's", async t => {
  const { text, ok } = check(t, ['handlers: {a: {module: no-such-package}}'])
  t.equal(ok, true)
  t.match(text, /^c\.yaml:1:24: Warning: Cannot find module 'no-such-package'/)
})

t.test('methods and arguments that no driver has are warned of', async t => {
  const { text, ok } = check(t, [
    'watchers:',
    '  collection:',
    '    operations:',
    '      findOnee: {filter: {to: Filter}}',
    '      insertMany: {documens: {to: InsertedCount, cast: length}}',
    '      findOne: {filter: {to: Filter}, _result: {to: MatchedCount}}',
    '  cursor: {operations: {find: {filter: {to: Filter}}}}',
  ])
  t.equal(ok, true)
  t.match(text, /^c\.yaml:4:7: Warning: .*"findOnee"; did you mean findOne\?/)
  t.match(text, /^c\.yaml:5:20: Warning: .*"documens"; did you mean documents/m)
  t.match(text, /\n\nc\.yaml: no mistakes$/)
  t.equal(text.match(/Warning/g)?.length, 2)
})

t.test('a path at which no audit file may be is a mistake', async t => {
  const { text, ok } = check(
    t,
    ['handlers:', '  a: {class: file, filename: /tmp}'].concat(
      '  b: {class: file, filename: /dev/stdout}',
      '  c: {class: file, filename: /dev/null}',
    ),
  )
  t.equal(ok, false)
  t.match(text, /^c\.yaml:2:30: \/tmp is a directory$/m)
  t.match(text, /^c\.yaml:3:30: \/dev\/stdout is a symbolic link/m)
  t.match(text, /\n\n2 mistakes$/)
})

t.test('a folder that cannot be made is warned of', async t => {
  const { text, ok } = check(t, [
    'handlers:',
    '  a: {class: file, filename: /proc/nope/a.jsonl}',
    '  b: {class: file, filename: /etc/passwd/b.jsonl}',
    '  c: {class: file, filename: /tmp/not-there-yet/c.jsonl}',
    '  d: {class: otlp, endpoint: "http://127.0.0.1:9", spool: {directory: /proc/d}}',
    '  e: {class: syslog, host: 127.0.0.1, spool: {directory: /etc/passwd/e}}',
  ])
  t.equal(ok, true)
  t.match(text, /^c\.yaml:2:30: Warning: Nothing can be made in \/proc$/m)
  t.match(text, /^c\.yaml:3:30: Warning: \/etc\/passwd is not a folder$/m)
  t.match(text, /^c\.yaml:5:71: Warning: Nothing can be made in \/proc$/m)
  t.match(text, /^c\.yaml:6:58: Warning: \/etc\/passwd is not a folder$/m)
  t.equal(text.match(/Warning/g)?.length, 4)
})

t.test('files of tls that are no PEM are mistakes', async t => {
  const { text, ok } = check(
    t,
    [
      'handlers:',
      '  a: {class: otlp, endpoint: "https://127.0.0.1:9", tls: {ca: ROOT/gone.pem, key: ROOT/text.pem}}',
      '  b: {class: syslog, protocol: tls, tls: {cert: ROOT/empty.pem, ca: ROOT}}',
      '  c: {class: syslog, protocol: tls, tls: {ca: ROOT/broken.pem}}',
    ],
    {
      'text.pem': 'hunter2',
      'empty.pem': '',
      'broken.pem':
        '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    },
  )
  t.equal(ok, false)
  t.match(
    text,
    /^c\.yaml:2:\d+: Warning: There is no such file\n(.*\n){3} {2}it must be there when the application starts$/m,
  )
  t.match(text, /^c\.yaml:2:\d+: Expected a key in PEM form in this file$/m)
  t.match(text, /^c\.yaml:3:\d+: Expected a certificate in PEM form/m)
  t.match(text, /^c\.yaml:3:\d+: Expected a file, it is a folder$/m)
  t.match(text, /^c\.yaml:4:42: These are no certificates and key: /m)
  t.notMatch(text, /hunter2/)
  t.match(text, /\n\n4 mistakes$/)
})

t.test('files of tls that are not there are warned of', async t => {
  const { text, ok } = check(t, [
    'handlers:',
    '  a: {class: otlp, endpoint: "https://127.0.0.1:9", tls: {ca: no/ca.pem}}',
  ])
  t.equal(ok, true)
  t.match(text, /^c\.yaml:2:63: Warning: There is no such file$/m)
  const hint = 'a relative path counts from the folder of the process, here'
  t.ok(text.includes(`  ${hint} ${process.cwd()}\n`), text)
})

t.test('files of tls may begin with a byte order mark', async t => {
  const { ca, sign } = createAuthority(t.testdir())
  const files = { ca, ...sign('me', 'IP:127.0.0.1') }
  const marked = Object.entries(files).map(
    ([part, file]) => [`${part}.pem`, `\ufeff${readFileSync(file)}`] as const,
  )
  const { text, ok } = check(
    t,
    [
      'handlers:',
      '  a: {class: syslog, protocol: tls, tls: {ca: ROOT/ca.pem, cert: ROOT/cert.pem, key: ROOT/key.pem}}',
    ],
    Object.fromEntries(marked),
  )
  t.equal(ok, true, text)
})

t.test('a constant that its field cannot hold is warned of', async t => {
  const { text, ok } = check(t, [
    'watchers:',
    '  collection:',
    '    operations:',
    '      insertOne: {_result: {to: InsertedCount, value: one}}',
    '      findOne: {_result: {to: MatchedCount, value: 1}, filter: {value: {a: 1}}}',
    '      deleteOne: {filter: {to: ErrorMessage, value: [a]}, _result: {to: null, value: x}}',
    '  cursor: {operations: {find: {filter: {to: Shape, value: 3}}}}',
  ])
  t.equal(ok, true)
  t.match(
    text,
    /^c\.yaml:4:55: Warning: Expected a number, which is what InsertedCount holds, got "one"$/m,
  )
  t.match(
    text,
    /^c\.yaml:6:53: Warning: Expected text or a number, which is what ErrorMessage holds, got a list$/m,
  )
  t.equal(text.match(/Warning/g)?.length, 2)
})
