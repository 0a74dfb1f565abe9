import { chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import t from 'tap'
import {
  loadFiles,
  loadSettings,
  settingsFrom,
} from '../../src/config/load-settings.ts'
import { problemText } from '../../src/config/problem-text.ts'
import { loadText } from '../fixtures/config/load-text.ts'

/** A context whose every place is inside one folder. */
function contextIn(root: string, env: NodeJS.ProcessEnv = {}) {
  return {
    env,
    cwd: root,
    mainScript: join(root, 'srv', 'shop', 'app.js'),
    home: join(root, 'home'),
    systemDirectory: join(root, 'etc'),
  }
}

function write(file: string, text: string): string {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  return file
}

t.test('without a file, stderr gets everything from info', async t => {
  const { settings, problems } = loadSettings(contextIn(t.testdir({})))
  t.same(problems, [])
  t.same(Object.keys(settings.handlers), ['console'])
  t.match(settings.handlers.console, {
    class: 'console',
    level: 'info',
    formatter: 'line',
    options: { stream: 'stderr' },
  })
  t.same(settings.loggers, {
    mongowatch: { level: 'info', handlers: ['console'], propagate: true },
  })
  t.equal(settings.watchers.bulk.timeoutSec, 10)
  t.same(settings.files, [])
})

t.test('later files are laid over earlier ones, key by key', async t => {
  const root = t.testdir({})
  const files = [
    'etc/mongowatch.yaml',
    'etc/mongowatch/mongowatch.yaml',
    'etc/mongowatch/conf.d/10-a.yaml',
    'etc/mongowatch/conf.d/20-b.yaml',
    'srv/etc/mongowatch.yaml',
    'srv/mongowatch.yaml',
    'srv/shop/etc/mongowatch.yaml',
    'srv/shop/mongowatch.yaml',
    'xdg/mongowatch.yaml',
    'home/.mongowatch.yaml',
  ]
  files.forEach((file, index) => {
    write(
      join(root, file),
      `watchers: {global: {timeout_sec: ${index + 1}, limits: {keys: ${index + 1}}}}\n` +
        `handlers: {h${index}: {class: console, filters: []}}\n`,
    )
  })
  const env = { XDG_CONFIG_HOME: join(root, 'xdg') }
  const { settings, problems } = loadSettings(contextIn(root, env))
  t.same(problems, [])
  t.same(
    settings.files.map(file => file.path),
    files.map(file => join(root, file)),
  )
  t.equal(settings.watchers.cursor.timeoutSec, 10)
  t.equal(settings.watchers.cursor.limits.keys, 10)
  t.equal(settings.watchers.cursor.limits.depth, 12)
  t.equal(Object.keys(settings.handlers).length, 10)
})

t.test('the sample beside mongowatch itself is not read', async t => {
  const root = join(__dirname, '../..')
  t.ok(existsSync(join(root, 'etc', 'mongowatch.yaml')))
  const context = contextIn(t.testdir({}))
  const mainScript = join(root, 'bin', 'mongowatch.js')
  t.same(loadSettings({ ...context, mainScript }).settings.files, [])
})

t.test('a list of a later file replaces the earlier one', async t => {
  const root = t.testdir({})
  write(
    join(root, 'etc/mongowatch.yaml'),
    'watchers: {global: {default_fields: [DB, Filter]}}',
  )
  write(
    join(root, 'home/.mongowatch.yaml'),
    'watchers: {global: {default_fields: [Operation]}}',
  )
  const { settings } = loadSettings(contextIn(root))
  t.same(settings.watchers.collection.defaultFields, ['Operation'])
})

t.test('MONGOWATCH_CONFIG names the only files that are read', async t => {
  const root = t.testdir({})
  write(join(root, 'etc/mongowatch.yaml'), 'reload: true')
  const a = write(join(root, 'a.yaml'), 'watchers: {global: {timeout_sec: 3}}')
  const b = write(join(root, 'b.yaml'), 'watchers: {cursor: {timeout_sec: 4}}')
  const { settings, problems } = loadSettings(
    contextIn(root, { MONGOWATCH_CONFIG: [a, 'b.yaml'].join(delimiter) }),
  )
  t.same(problems, [])
  t.equal(settings.reload, undefined)
  t.same(
    settings.files.map(file => file.path),
    [a, b],
  )
  t.equal(settings.watchers.collection.timeoutSec, 3)
  t.equal(settings.watchers.cursor.timeoutSec, 4)
})

t.test('a file that MONGOWATCH_CONFIG names must be there', async t => {
  const root = t.testdir({})
  const { settings, problems } = loadSettings(
    contextIn(root, { MONGOWATCH_CONFIG: 'no.yaml' }),
  )
  t.match(problems.map(problemText), [
    `${join(root, 'no.yaml')}: MONGOWATCH_CONFIG names a file that is not there`,
  ])
  const folder = loadSettings(contextIn(root, { MONGOWATCH_CONFIG: '.' }))
  t.match(folder.problems.map(problemText), [
    `${root}: MONGOWATCH_CONFIG names something that is no file`,
  ])
  t.same(Object.keys(settings.handlers), ['console'])
  t.equal(settings.handlers.console?.filters.length, 1, 'that hides all')
})

t.test('all mistakes are told with their places, the rest is used', async t => {
  const root = t.testdir({})
  write(
    join(root, 'etc/mongowatch.yaml'),
    [
      'watchers:',
      '  global: {timeout_sec: ten, default_fields: [DB, Colection]}',
      'handlers:',
      '  audit: {class: file, filename: a.jsonl, max_byte: 1, max_bytes: 1MiB}',
      '  other: {class: fil}',
      'loggers:',
      '  mongowatch: {handlers: [audit, other, third]}',
    ].join('\n'),
  )
  const { settings, problems } = loadSettings(contextIn(root))
  t.same(
    problems.map(({ line, column, path }) => [line, column, path]),
    [
      [2, 25, 'watchers.global.timeout_sec'],
      [2, 51, 'watchers.global.default_fields[1]'],
      [4, 43, 'handlers.audit.max_byte'],
      [5, 18, 'handlers.other.class'],
      [7, 41, 'loggers.mongowatch.handlers[2]'],
    ],
  )
  t.same(
    problems.map(problem => problem.nearest),
    [undefined, 'Collection', 'max_bytes', 'file', undefined],
  )
  t.equal(settings.watchers.session.timeoutSec, 10)
  t.same(settings.handlers.audit?.options, {
    filename: 'a.jsonl',
    maxBytes: 1048576,
  })
  t.same(settings.loggers.mongowatch?.handlers, ['audit'])
})

t.test('settings of the application go through the same check', async t => {
  const { settings, problems } = settingsFrom({
    handlers: { out: { class: 'console', stream: 'stdout', level: 'WARNING' } },
    formatters: { bad: { type: () => 'json' } },
  })
  t.match(settings.handlers.out, {
    class: 'console',
    level: 'warning',
    options: { stream: 'stdout' },
  })
  t.same(problems.map(problemText), [
    'formatters.bad.type: Expected a value that YAML can hold, got function',
  ])
})

t.test(
  'a filter that cannot be used stops nothing and hides what it might have hidden',
  async t => {
    const { settings, problems } = settingsFrom({
      filters: {
        private: { redact: { rules: [{ action: 'hash' }] } },
        slow: { when: 'Duration >' },
        some: { match: { $where: '1' } },
      },
      handlers: {
        out: {
          class: 'console',
          filters: ['private', 'slow', 'some', 'absent'],
        },
      },
    })
    t.same(
      problems.map(problem => problem.path),
      [
        'filters.private.redact.rules[0]',
        'filters.slow.when',
        'filters.some.match.$where',
        'handlers.out.filters[3]',
      ],
    )
    t.match(settings.filters, {
      private: { mask: { fields: ['DB', 'Collection', 'Filter'] } },
      slow: { sample: 1 },
      some: { sample: 1 },
      absent: { mask: { fields: ['DB', 'Collection', 'Filter'] } },
    })
  },
)

t.test(
  'a query that excludes nothing sensible is told and left out',
  async t => {
    const { settings, problems } = settingsFrom({
      watchers: { global: { exclude: { Colection: 'x' } } },
    })
    t.match(problems, [{ path: 'watchers.global.exclude' }])
    t.equal(settings.watchers.cursor.exclude, undefined)
  },
)

t.test('a section without entries is no mistake', async t => {
  const text = [
    'watchers:\n  global:\n  cursor:\n    limits:\n',
    'formatters:\nfilters:\nhandlers:\nloggers:\n',
  ].join('')
  const { settings, problems } = loadText({ path: '/a.yaml', text }, {})
  t.same(problems, [])
  t.same(settings, settingsFrom({}).settings)
  const { settings: other } = settingsFrom({
    handlers: { out: { class: 'console' } },
    loggers: { mongowatch: null },
  })
  t.same(other.loggers, {
    mongowatch: { level: undefined, handlers: [], propagate: true },
  })
})

t.test(
  'a filter that nobody uses is compiled only by check-config',
  async t => {
    const root = t.testdir({
      'a.yaml': [
        'filters: {odd: {when: "1 +"}, used: {when: "2 +"}}',
        'handlers: {out: {class: console, filters: [used]}}',
      ].join('\n'),
    })
    const paths = (scope: 'all' | 'used') =>
      loadFiles([join(root, 'a.yaml')], {}, scope).problems.map(
        ({ path }) => path,
      )
    t.same(paths('used'), ['filters.used.when'])
    t.same(paths('all'), ['filters.odd.when', 'filters.used.when'])
  },
)

t.test(
  "somebody else's file above the application is not read",
  { skip: process.geteuid?.() !== 0 && 'only root can give a file away' },
  async t => {
    const root = t.testdir({})
    const file = write(join(root, 'srv/mongowatch.yaml'), 'reload: true')
    const script = write(join(root, 'srv/shop/app.js'), '')
    chownSync(file, 4321, 4321)
    const refused = loadSettings(contextIn(root))
    t.equal(refused.settings.reload, undefined)
    t.match(refused.problems.map(problemText), [/Refused: it belongs neither/])
    chownSync(script, 4321, 4321)
    t.equal(loadSettings(contextIn(root)).settings.reload, true)
    chownSync(script, 0, 0)
    const named = contextIn(root, { MONGOWATCH_CONFIG: file })
    t.equal(loadSettings(named).settings.reload, true, 'when it is named')
  },
)

t.test('a later file in which nothing stands takes nothing away', async t => {
  const first = {
    path: '/1.yaml',
    text: [
      'filters: {m: {mask: {}}}',
      'watchers: {global: {limits: {depth: 3}}}',
      'handlers: {f: {class: file, filename: /a.jsonl, filters: [m]}}',
    ].join('\n'),
  }
  const { settings: alone } = loadFiles([first], {})
  for (const text of [
    'handlers:\n  # more: {class: console}\n',
    'filters:\nwatchers:\nhandlers:\n  f:\n',
    'handlers:\n  f:\n    filters:\n    # - m\n',
    'watchers:\n  global:\n    limits:\n',
    '---\n# nothing for now\n',
    '# nothing for now\n',
    '---\n',
  ]) {
    const later = { path: '/2.yaml', text }
    for (const files of [
      [first, later],
      [first, later, later],
    ]) {
      const { settings, problems } = loadFiles(files, {}, 'all')
      t.same(problems, [], text)
      t.same({ ...settings, files: alone.files }, alone, text)
    }
  }
})

t.test('a file of comments below --- is no mistake', async t => {
  const text = '---\n# nothing for now\n'
  const { settings, problems, empty } = loadFiles([{ path: '/1.yaml', text }])
  t.same(problems, [])
  t.same(settings.handlers.console?.filters, [])
  t.same(empty, ['/1.yaml'])
})

t.test('a file that is no map is told, and the others are used', async t => {
  const right = {
    path: '/1.yaml',
    text: 'handlers: {f: {class: file, filename: /a.jsonl}}',
  }
  const wrong = { path: '/2.yaml', text: '- handlers' }
  for (const files of [
    [right, wrong],
    [wrong, right],
  ]) {
    const { settings, problems } = loadFiles(files, {})
    t.same(problems.map(problemText), [
      '/2.yaml:1:1: Expected a map, got a list (a file is a map of sections, without "- ")',
    ])
    t.same(Object.keys(settings.handlers), ['f'])
  }
})
