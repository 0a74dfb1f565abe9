import { join } from 'node:path'
import t from 'tap'
import { loadFiles, settingsFrom } from '../../src/config/load-settings.ts'

const HANDLER = { class: 'file', filename: '/var/log/mongowatch/audit.jsonl' }

const NO_LISTS = [
  ...['pii', ['pii', 7], [['pii']], { pii: 1 }],
  ...['${env:GONE}', ['${env:GONE}'], '${file:/gone}', 'cfg://gone'],
]
for (const filters of NO_LISTS) {
  t.test(`filters: ${JSON.stringify(filters)} hides all values`, async t => {
    const config = {
      version: 1,
      filters: { pii: { mask: {} } },
      handlers: { audit: { ...HANDLER, filters } },
    }
    const { settings, problems } = settingsFrom(config, {})
    t.not(problems.length, 0)
    const [used = ''] = settings.handlers.audit?.filters ?? []
    t.match(settings.filters[used], { mask: { fields: Array } })
  })
}

for (const key of ['fliters', 'filter', 'Filters'])
  t.test(`${key} for filters hides all values`, async t => {
    const { settings } = settingsFrom({
      filters: { pii: { mask: {} } },
      handlers: { audit: { ...HANDLER, [key]: ['pii'] }, other: HANDLER },
    })
    const [used = ''] = settings.handlers.audit?.filters ?? []
    t.match(settings.filters[used], { mask: { fields: Array } })
    t.same(settings.handlers.other?.filters, [])
  })

for (const logger of [
  { handlers: ['audit'], filters: ['pii'] },
  { handlers: ['audit'], filter: 'pii' },
  { handlers: 'audit', filters: ['pii'] },
])
  t.test(`${JSON.stringify(logger)} hides all values`, async t => {
    const { settings, problems } = settingsFrom({
      filters: { pii: { mask: {} } },
      handlers: { audit: HANDLER, other: HANDLER },
      loggers: { mongowatch: logger },
    })
    t.match(problems, [{ path: /loggers.mongowatch/ }])
    const [used = ''] = settings.handlers.audit?.filters ?? []
    t.match(settings.filters[used], { mask: { fields: Array } })
    if (Array.isArray(logger.handlers))
      t.same(settings.handlers.other?.filters, [])
  })

t.test('a logger without filters hides nothing', async t => {
  const { settings } = settingsFrom({
    handlers: { audit: HANDLER },
    loggers: { mongowatch: { handlers: ['audit'], filters: [] } },
  })
  t.same(settings.handlers.audit?.filters, [])
})

t.test('a filter that chooses and hides at once hides', async t => {
  const { settings } = settingsFrom({
    version: 1,
    filters: { pii: { when: 'true', mask: {} } },
    handlers: { audit: { ...HANDLER, filters: ['pii'] } },
  })
  t.match(settings.filters.pii, { mask: { fields: Array } })
})

const WRONG = {
  'a class with the name of a property of every object':
    'version: 1\nhandlers: { a: { class: logging.__proto__ } }\n',
  'fields and casts with such names':
    'version: 1\nwatchers: { collection: { default_fields: [constructor], operations: { find: { hasOwnProperty: { to: __proto__, cast: x.toString } } } } }\n',
  'an expression that is nested too deeply': `version: 1
filters: { f: { (): ExpressionFilter, expression: "${'not '.repeat(20_000)}True" } }
handlers: { a: { class: console, filters: [f] } }
`,
  'a long chain of references': `version: 1
x-0: 1
${Array.from({ length: 3000 }, (_, i) => `x-${i + 1}: cfg://x-${i}`).join('\n')}
`,
}

for (const [what, text] of Object.entries(WRONG)) {
  t.test(`${what} is a mistake and nothing worse`, async t => {
    const file = join(t.testdir({ 'a.yaml': text }), 'a.yaml')
    const { settings, problems } = loadFiles([file])
    t.not(problems.length, 0)
    t.ok(settings.handlers)
  })
}

t.test(
  "a filter class of somebody's own is not taken for logging's",
  async t => {
    const text = `version: 1
filters: { pii: { (): myapp.masking.Filter } }
handlers: { a: { class: console, filters: [pii] } }
`
    const file = join(t.testdir({ 'a.yaml': text }), 'a.yaml')
    const { settings, problems } = loadFiles([file])
    t.match(problems, [{ message: /myapp|Filter/ }])
    t.match(settings.filters.pii, { mask: {} })
  },
)

t.test('the default in place of handlers that are lost hides all', async t => {
  const filtersOf = (text: string) => {
    const { settings } = loadFiles([{ path: '/c.yaml', text }], {})
    const names = settings.handlers.console?.filters ?? []
    return names.map(name => settings.filters[name])
  }
  for (const text of [
    '<html>',
    'handlers: {a: {class: console, filters: [m]}',
    'filters: {m: {mask: {}}}\nhandlers: [a]',
    'filters: {m: {mask: {}}}\nhandlers: {a: {class: fiel, filters: [m]}}',
    'transports: {a: [console]}',
    `handlers: ${'['.repeat(2000)}`,
    'handler: {a: {class: console, filters: [m]}}\nfilters: {m: {mask: {}}}',
    'Handlers: {a: {class: console}}',
    'outputs: {a: {class: console}}',
    'mongowatch:\n  handlers: {a: {class: console}}',
    'watchers: {handlers: {a: {class: console}}}',
    'watchers: {global: {transports: {a: {class: console}}}}',
    'loggers: {mongowatch: {handlers: {a: {class: console}}}}',
    'handlers: *gone\nwatchers: {}',
    'version: 1\nwatchers: {global: {timeout_sec: 1}',
  ])
    t.match(filtersOf(text), [{ mask: { fields: ['DB'] } }], text.slice(0, 60))
  for (const text of [
    '',
    '# nothing',
    'watchers: {globl: {}}',
    'handlers:\nwatchers: {globl: {}}',
    'handlers: {}\nversion: 2',
    'relaod:\nversion: 1',
    'loggers: {mongowatch: {handlers: [console], levl: info}}',
  ])
    t.same(filtersOf(text), [], text)
})

t.test('so it does when a file cannot be read beside another', async t => {
  const wrong = { path: '/a.yaml', text: '<html>' }
  const right = { path: '/b.yaml', text: 'watchers: {global: {}}' }
  for (const files of [
    [wrong, right],
    [right, wrong],
    ['/gone.yaml', right],
  ]) {
    const { settings } = loadFiles(files, {})
    const [used = ''] = settings.handlers.console?.filters ?? []
    t.match(settings.filters[used], { mask: { fields: ['DB'] } })
  }
})
