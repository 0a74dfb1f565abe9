import { chmodSync, statSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { loadFiles } from '../../src/config/load-settings.ts'
import { problemText } from '../../src/config/problem-text.ts'
import { whyUntrusted } from '../../src/config/trust.ts'

const CONFIG = [
  'filters: {own: {module: ./own.js}, slow: {when: "Duration > 1"}}',
  'handlers:',
  '  out: {class: console, filters: [own, slow]}',
  '  mine: {module: ./own.js, export: Transport}',
  '',
].join('\n')

t.test('code beside a private file is used, by its whole path', async t => {
  const folder = t.testdir({ 'own.js': '', 'mongowatch.yaml': CONFIG })
  const { settings, problems } = loadFiles([join(folder, 'mongowatch.yaml')])
  t.same(problems.map(problemText), [])
  t.equal(settings.handlers.mine?.module, join(folder, 'own.js'))
  t.match(settings.filters.own, { module: join(folder, 'own.js') })
})

t.test(
  'a file that others can write names no code, the rest is used',
  async t => {
    const folder = t.testdir({ 'own.js': '', 'mongowatch.yaml': CONFIG })
    const file = join(folder, 'mongowatch.yaml')
    chmodSync(file, 0o646)
    const { settings, problems } = loadFiles([file])
    t.same(
      problems.map(problem => [problem.path, problem.hint]),
      [
        ['filters.own.module', `${file} is writable by others`],
        ['handlers.mine.module', `${file} is writable by others`],
      ],
    )
    t.same(Object.keys(settings.handlers), ['out'])
    t.match(settings.filters.own, { mask: {} }, 'it may have hidden something')
  },
)

t.test('so it is with a package', async t => {
  const main = () => ({
    'package.json': '{"main": "lib/a.js"}',
    lib: { 'a.js': '' },
  })
  const folder = t.testdir({
    'app.js': '',
    node_modules: { one: main(), '@scope': { two: main() } },
  })
  const script = process.argv[1] ?? ''
  t.teardown(() => process.argv.splice(1, 1, script))
  process.argv[1] = join(folder, 'app.js')
  for (const name of ['one', '@scope/two']) {
    const own = join(folder, 'node_modules', name)
    t.equal(whyUntrusted(undefined, name), undefined)
    for (const path of [join(own, 'lib', 'a.js'), join(own, 'lib'), own]) {
      const mode = statSync(path).mode
      chmodSync(path, 0o777)
      t.equal(whyUntrusted(undefined, name), `${path} is writable by others`)
      chmodSync(path, mode)
    }
  }
  t.equal(whyUntrusted(undefined, 'not-there'), undefined)
})

t.test('so it is with code and folders that others can write', async t => {
  const folder = t.testdir({
    inner: { 'own.js': '', 'mongowatch.yaml': CONFIG },
  })
  const module = join(folder, 'inner', 'own.js')
  const file = join(folder, 'inner', 'mongowatch.yaml')
  t.equal(whyUntrusted(file, module), undefined)
  t.equal(whyUntrusted(undefined, 'winston-syslog'), undefined)
  chmodSync(module, 0o666)
  t.equal(whyUntrusted(file, module), `${module} is writable by others`)
  chmodSync(module, 0o644)
  chmodSync(folder, 0o777)
  t.equal(whyUntrusted(file, module), `${folder} is writable by others`)
  chmodSync(folder, 0o1777)
  t.equal(whyUntrusted(file, module), undefined, 'a sticky folder protects')
})
