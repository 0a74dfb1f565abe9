import t from 'tap'
import { commandLine } from '../../fixtures/command-line.ts'

const ORIGINAL = `version: 1
handlers:
  console:
    class: logging.StreamHandler
loggers:
  pymongo.watcher:
    level: INFO
    handlers: [console]
`

const convert = (args: string[], options: object) =>
  commandLine('mongowatch', ['convert-config', ...args], options)

t.test('a file or standard input becomes a configuration of ours', async t => {
  const cwd = t.testdir({ 'py.yaml': ORIGINAL })
  const { code, stdout, stderr } = await convert(['py.yaml'], { cwd })
  t.same({ code, stderr }, { code: 0, stderr: '' })
  t.match(stdout, 'class: console')
  t.equal((await convert([], { input: ORIGINAL })).stdout, stdout)
  const check = { cwd: t.testdir({ 'ours.yaml': stdout }) }
  const checked = await commandLine(
    'mongowatch',
    ['check-config', 'ours.yaml'],
    check,
  )
  t.equal(checked.stdout, 'ours.yaml: no mistakes\n')
})

t.test('what cannot be read or converted is said', async t => {
  const cwd = t.testdir({})
  const none = await convert(['none.yaml'], { cwd })
  t.same(none, {
    code: 1,
    stdout: '',
    stderr: 'mongowatch: none.yaml: no such file or directory\n',
  })
  const broken = await convert([], { input: 'a: [' })
  t.equal(broken.code, 1)
  t.match(broken.stderr, /^standard input:1:/)
})

t.test('what is no configuration is not taken for one', async t => {
  for (const input of ['hello', '- a', '3']) {
    const { code, stdout, stderr } = await convert([], { input })
    t.same({ code, stdout }, { code: 1, stdout: '' }, input)
    t.match(stderr, /^standard input:1:1: Expected a map, got /, input)
  }
})

t.test('what was copied and means nothing here is told', async t => {
  const config = `version: 1
formatters: { f: { format: "{threadName} {message}", style: "{" } }
handlers: { h: { class: logging.StreamHandler, formatter: f } }
root: { handlers: [h] }
`
  const cwd = t.testdir({ 'py.yaml': config })
  const { code, stdout, stderr } = await commandLine(
    'mongowatch',
    ['convert-config', 'py.yaml'],
    { cwd },
  )
  t.equal(code, 1)
  t.match(stdout, '{threadName} {watch}')
  t.match(stderr, /^the converted file:\d+:\d+: Format "\{threadName\}"/)
})
