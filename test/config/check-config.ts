import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import t from 'tap'
import { checkConfig } from '../../src/config/check-config.ts'

t.test('a right file is said to be so', async t => {
  const root = t.testdir({ 'a.yaml': 'version: 1\n' })
  const file = join(root, 'a.yaml')
  t.same(checkConfig([file]), { text: `${file}: no mistakes`, ok: true })
})

t.test('a wrong one is shown, mistake by mistake', async t => {
  const root = t.testdir({
    'a.yaml': [
      'handlers:',
      '  audit:',
      '    class: file',
      '    filename: audit.jsonl',
      '    max_byte: 100MiB',
      'loggers:',
      '  mongowatch: {handlers: [audti]}',
    ].join('\n'),
  })
  const file = join(root, 'a.yaml')
  const { text, ok } = checkConfig([file])
  t.equal(ok, false)
  t.match(text.split('\n'), [
    new RegExp(
      `^${file}:5:5: Unknown key "max_byte", expected one of class, .*; did you mean max_bytes\\?$`,
    ),
    /^ {2}5 \| {5}max_byte: 100MiB$/,
    /^ {4}\| {5}\^{8}$/,
    '  in handlers.audit.max_byte',
    '',
    /^.*:7:27: Expected a name from handlers, got "audti"; did you mean audit\?$/,
    /^ {2}7 \| {3}mongowatch: \{handlers: \[audti\]\}$/,
    /^ {4}\| {27}\^{5}$/,
    '  in loggers.mongowatch.handlers[0]',
    '',
    '2 mistakes',
  ])
})

t.test('without a file the places are told', async t => {
  const root = t.testdir({})
  const context = {
    env: { MONGOWATCH_CONFIG: '' },
    cwd: root,
    mainScript: join(root, 'app.js'),
    home: root,
    systemDirectory: root,
  }
  const { text, ok } = checkConfig([], context)
  t.equal(ok, true)
  t.match(text, `  ${join(root, '.mongowatch.yaml')}`)
})

t.test('a file that is not there, or not text, is a mistake', async t => {
  const root = t.testdir({ bytes: Buffer.from([0xff, 0xfe, 0x00]) })
  t.match(checkConfig([join(root, 'no.yaml')]), {
    text: /There is no such file/,
    ok: false,
  })
  t.match(checkConfig([join(root, 'bytes')]), { text: /UTF-8/, ok: false })
  t.match(checkConfig([root]), { text: /it is a folder/, ok: false })
})

t.test('what never ends or never begins is not waited for', async t => {
  t.match(checkConfig(['/dev/zero']), { text: /at most/, ok: false })
  const pipe = join(t.testdir(), 'pipe')
  execFileSync('mkfifo', [pipe])
  t.equal(checkConfig([pipe]).ok, true, 'nobody writes to it: it is empty')
})
