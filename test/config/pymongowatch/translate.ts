import t from 'tap'
import { problemText } from '../../../src/config/problem-text.ts'
import { loadText } from '../../fixtures/config/load-text.ts'

/** Settings of a file that Python's logging could read. */
function load(lines: readonly string[]) {
  const text = [
    ...lines,
    'loggers: {pymongo.watcher: {handlers: [out], level: INFO}}',
  ].join('\n')
  const { settings, problems } = loadText({ path: '/p.yaml', text }, {})
  return { settings, problems: problems.map(problemText) }
}

const handler = (text: string) => load([`handlers: {out: ${text}}`])

t.test('handlers of Python and what they are here', async t => {
  const cases: readonly [string, object][] = [
    ['{class: logging.StreamHandler}', { class: 'console' }],
    [
      '{class: logging.StreamHandler, stream: ext://sys.stdout}',
      { class: 'console', options: { stream: 'stdout' } },
    ],
    [
      '{class: logging.FileHandler, filename: a, mode: w, delay: true}',
      { class: 'file', options: { filename: 'a', mode: undefined } },
    ],
    [
      '{class: logging.handlers.RotatingFileHandler, filename: a, maxBytes: 5, backupCount: 2}',
      { class: 'file', options: { maxBytes: 5, backupCount: 2 } },
    ],
    [
      '{class: logging.handlers.RotatingFileHandler, filename: a, maxBytes: 0, backupCount: 2}',
      { options: { maxBytes: undefined, backupCount: undefined } },
    ],
    [
      '{class: logging.handlers.TimedRotatingFileHandler, filename: a, when: midnight, backupCount: 7}',
      { class: 'file', options: { every: 86_400, backupCount: 7 } },
    ],
    [
      '{class: logging.handlers.TimedRotatingFileHandler, filename: a, when: H, interval: 6}',
      { options: { every: 21_600 } },
    ],
    ['{class: console, level: 40}', { class: 'console', level: 'error' }],
    ['{class: console, level: 25}', { class: 'console', level: 'notice' }],
    ['{class: console, level: 31}', { class: 'console', level: 'error' }],
    ['{class: console, level: 51}', { class: 'console', level: 'off' }],
    ['{class: logging.NullHandler}', { class: 'console', level: 'off' }],
    [
      '{class: logging.handlers.TimedRotatingFileHandler, filename: a, when: W3, utc: true}',
      { options: { every: 604_800 } },
    ],
  ]
  for (const [text, expected] of cases) {
    const { settings, problems } = handler(text)
    t.same(problems, [], text)
    t.match(settings.handlers.out, expected, text)
  }
})

t.test('a handler that a logger names without a queue has none', async t => {
  const { settings } = handler('{class: logging.StreamHandler}')
  t.equal(settings.handlers.out?.options.queue, false)
})

t.test('handlers in Python are refused with what replaces them', async t => {
  for (const type of [
    'logging.handlers.SMTPHandler',
    'logging.handlers.SysLogHandler',
  ]) {
    const { problems } = handler(`{class: ${type}}`)
    t.match(problems, [/cannot be run \(class: console, file or winston/])
  }
  t.match(handler('{(): my.Handler}').problems, [/cannot be run/])
})

t.test('a rotation that is another here is refused', async t => {
  const timed = (keys: string) =>
    handler(
      `{class: logging.handlers.TimedRotatingFileHandler, filename: a, ${keys}}`,
    )
  const monday = timed('when: W0')
  t.match(monday.problems, [/out\.every: Weeks that begin on another day/])
  t.match(monday.settings.handlers.out, { class: 'file' })
  t.match(timed('when: midnight, atTime: 3').problems, [
    /out\.atTime: A time of day/,
  ])
  t.match(timed('when: X').problems, [/out\.every: .*X/])
})

t.test('levels of queues may be numbers too', async t => {
  const { settings, problems } = load([
    'handlers:',
    '  back: {class: logging.StreamHandler, level: 10}',
    '  out: {(): pymongo.watcher.setup_queue_handler, backend: cfg://handlers.back, level: 40}',
  ])
  t.same(problems, [])
  t.match(settings.handlers.back, { level: 'error' })
})

t.test('a key of a filter that nobody knows is refused', async t => {
  const { settings, problems } = load([
    'filters:',
    '  a: {(): pymongo.watcher.filters.ExpressionFilter, expression: DB == "x", onmatch: drop}',
    '  b: {(): pymongo.watcher.filters.RateFilter, attributes: [InsertedCount], per: 3}',
    'handlers: {out: {class: logging.StreamHandler, filters: [a, b]}}',
  ])
  t.match(problems, [
    /filters\.a\.onmatch: .*ExpressionFilter has no onmatch/,
    /filters\.b\.per: .*RateFilter has no per/,
  ])
  t.match(settings.filters, { a: { sample: 1 }, b: { sample: 1 } })
})

t.test('extra_timeout_sec of a RateFilter changes no sum', async t => {
  const { settings, problems } = load([
    'filters:',
    '  a: {(): pymongo.watcher.filters.RateFilter, attributes: [InsertedCount], extra_timeout_sec: 5}',
    'handlers: {out: {class: logging.StreamHandler, filters: [a]}}',
  ])
  t.same(problems, [])
  t.same(settings.filters.a, { rate: { attributes: ['InsertedCount'] } })
})

t.test('a single csv of a watcher counts like a list of one', async t => {
  const { settings, problems } = load([
    'watchers: {global: {csv: {file: cfg://handlers.out.filename, add_headers_if_empty: "WatcherName,DB"}}}',
    'formatters: {f: {format: "{name},{watch.csv}", style: "{"}}',
    'handlers: {out: {class: logging.FileHandler, filename: a, formatter: f}}',
  ])
  t.same(problems, [])
  t.match(settings.formatters.f, { type: 'csv', header: true })
})

t.test('two queues before one handler are two handlers', async t => {
  const { settings, problems } = load([
    'filters: {a: {when: "true"}, b: {when: "false"}}',
    'handlers:',
    '  back: {class: logging.StreamHandler, level: INFO}',
    '  out: {(): pymongo.watcher.setup_queue_handler, backend: cfg://handlers.back, filters: [a]}',
    '  more: {(): pymongo.watcher.setup_queue_handler, handler: cfg://handlers.back, filters: [b], level: ERROR}',
  ])
  t.same(problems, [])
  t.match(settings.handlers, {
    back: { class: 'console', filters: ['a'], level: 'info' },
    more: { class: 'console', filters: ['b'], level: 'error' },
  })
  t.same(settings.loggers.mongowatch?.handlers, ['back'])
})

t.test('a queue without its handler is a mistake', async t => {
  const { problems } = handler(
    '{(): pymongo.watcher.setup_queue_handler, backend: cfg://handlers.gone}',
  )
  t.match(problems, [/Expected backend: cfg:\/\/handlers\.NAME/])
})

t.test('templates of all three styles are ours', async t => {
  const cases: readonly [string, string][] = [
    ['{format: "%(asctime)s %(message)s"}', '{asctime} {watch}'],
    [
      '{format: "100%% {x} %(levelname)-8s|%(name)10s", style: "%"}',
      '100% {{x}} {levelname:<8}|{name:>10}',
    ],
    [
      '{format: "%(process)05d|%(name).3s|%(name)-8.3s|%(process)-5d", style: "%"}',
      '{process:>05}|{name:.3}|{name:<8.3}|{process:<5}',
    ],
    [
      '{format: "$asctime ${message} $$ {}", style: $}',
      '{asctime} {watch} $ {{}}',
    ],
    [
      '{format: "{name}: {watch.Query} in {watch.RetrieveTime:.3f}", style: "{"}',
      '{name}: {watch.Filter} in {watch.Duration:.3f}',
    ],
  ]
  for (const [text, format] of cases) {
    const { settings, problems } = load([
      `formatters: {f: ${text}}`,
      'handlers: {out: {class: logging.StreamHandler, formatter: f}}',
    ])
    t.same(problems, [], text)
    t.match(settings.formatters.f, { format, utc: false })
  }
})

t.test('a conversion of Python that is none here is refused', async t => {
  for (const one of [
    '%(process)x',
    '%(process)+d',
    '%(process).3d',
    '%(a b)',
  ]) {
    const { settings, problems } = load([
      `formatters: {f: {format: "%(name)s ${one}"}}`,
      'handlers: {out: {class: logging.StreamHandler, formatter: f}}',
    ])
    t.match(problems, [/formatters\.f\.format: Python's %\(/], one)
    t.equal(settings.formatters.f?.format, undefined)
  }
})

t.test(
  'filters in Python are refused, and hide or pass until then',
  async t => {
    const { settings, problems } = load([
      'filters:',
      '  own: {(): my.package.Filter2}',
      '  code: {(): pymongo.watcher.filters.ExecuteFilter, execute: "x = 1"}',
      '  odd: {(): pymongo.watcher.filters.ExpressionFilter, expression: "f(x)"}',
      '  some: {(): pymongo.watcher.filters.AddFieldAttributes, attributes: {a: B}}',
      'handlers: {out: {class: logging.StreamHandler, filters: [own, code, odd, some]}}',
    ])
    t.match(problems, [
      /own: The Python filter Filter2 cannot be run/,
      /code: Python code \(execute\) cannot be run \(mask: /,
      /odd: The Python expression has something that CEL has not: "f\(\)"/,
      /some: Attributes of Python objects are not there/,
    ])
    t.match(settings.filters, {
      own: { mask: {} },
      code: { mask: {} },
      odd: { sample: 1 },
      some: { mask: {} },
    })
  },
)

t.test('names of methods may be snake_case in any file', async t => {
  const text =
    'watchers: {collection: {operations: {find_one: {filter: {to: Filter}}}}}'
  const { settings, problems } = loadText({ path: '/a.yaml', text }, {})
  t.same(problems, [])
  t.same(Object.keys(settings.watchers.collection.operations), ['findOne'])
})

t.test('a file of our own is not taken for one of Python', async t => {
  const text = [
    'watchers: {collection: {operations: {}}}',
    'formatters: {a: {format: "{asctime}"}}',
    'loggers: {mongwatch: {level: info}}',
  ].join('\n')
  const { settings, problems } = loadText({ path: '/a.yaml', text }, {})
  t.match(problems, [{ path: 'loggers.mongwatch', nearest: 'mongowatch' }])
  t.same(settings.formatters.a, { format: '{asctime}' })
})

t.test(
  'Python code of an operation is refused with what replaces it',
  async t => {
    for (const rules of [
      '{execute: "watch.x = 1"}',
      '{_result: {execute: "len(x)", to: MatchedCount}}',
    ]) {
      const { problems } = load([
        `watchers: {collection: {operations: {find_one: ${rules}}}}`,
        'handlers: {out: {class: logging.StreamHandler}}',
      ])
      t.match(problems, [
        /^\/p.yaml:1:\d+: .*findOne.*execute: Python code \(execute\) cannot be run \(to names/,
      ])
      t.equal(problems.length, 1)
    }
  },
)

t.test('an ExpressionFilter with code is refused, and hides all', async t => {
  const { settings, problems } = load([
    'filters: {f: {(): ext://pymongo.watcher.filters.ExpressionFilter, expression: "DB == 1", execute: "x"}}',
    'handlers: {out: {class: logging.StreamHandler, filters: [f]}}',
  ])
  t.match(problems, [/Python code \(execute\) cannot be run \(mask/])
  t.match(settings.filters.f, { mask: {} })
})

t.test('filters of a logger are refused with where they belong', async t => {
  const { settings, problems } = loadText(
    {
      path: '/p.yaml',
      text: 'handlers: {out: {class: logging.StreamHandler}}\nfilters: {a: {when: "true"}}\nloggers: {pymongo.watcher: {handlers: [out], filters: [a]}}',
    },
    {},
  )
  t.match(problems.map(problemText), [
    /^\/p.yaml:3:\d+: loggers.mongowatch.filters: A logger has no filters \(write \[a\] under filters of each handler of this logger; until then all values are hidden\)/,
  ])
  const [used = ''] = settings.handlers.out?.filters ?? []
  t.match(settings.filters[used], { mask: { fields: Array } })
})

t.test('yes and no of YAML 1.1 are what Python takes them for', async t => {
  const { settings, problems } = loadText(
    {
      path: '/p.yaml',
      text: 'handlers: {out: {class: logging.StreamHandler, delay: no, stream: ext://sys.stderr}}\nloggers: {pymongo.watcher: {handlers: [out], propagate: No}}',
    },
    {},
  )
  t.same(problems, [])
  t.equal(settings.loggers.mongowatch?.propagate, false)
})

t.test('a stream of Python is understood without its class', async t => {
  const { settings, problems } = loadText(
    {
      path: '/p.yaml',
      text: 'handlers: {out: {class: console, stream: ext://sys.stdout}}',
    },
    {},
  )
  t.same(problems, [])
  t.equal(settings.handlers.out?.options.stream, 'stdout')
})
