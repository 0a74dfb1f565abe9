import t from 'tap'
import { loadFiles, settingsFrom } from '../../src/config/load-settings.ts'
import { problemText } from '../../src/config/problem-text.ts'
import { loadText } from '../fixtures/config/load-text.ts'

/** All mistakes of a text, as `line:column: path: message`. */
function mistakes(...lines: string[]): string[] {
  const text = lines.join('\n')
  const { problems } = loadText({ path: '/c.yaml', text }, {})
  return problems.map(each => problemText(each).slice('/c.yaml:'.length))
}

t.test('every mistake of a query is told, where it stands', async t => {
  t.match(
    mistakes(
      'filters:',
      '  a: {match: {Colection: 1, DB: {$gtt: 2, $size: x}, $or: [{Fliter: 1}]}}',
      'watchers: {global: {exclude: {DB: {$inn: [a]}, Colection: b}}}',
    ),
    [
      /^2:26: filters\.a\.match\.Colection: .*did you mean Collection/,
      /^2:40: filters\.a\.match\.DB\.\$gtt: .*did you mean \$gt/,
      /^2:50: filters\.a\.match\.DB\.\$size: .*a whole number/,
      /^2:69: filters\.a\.match\.\$or\[0\]\.Fliter: .*did you mean Filter/,
      /^3:42: watchers\.global\.exclude\.DB\.\$inn: .*did you mean \$in/,
      /^3:59: watchers\.global\.exclude\.Colection: /,
    ],
  )
})

t.test('so is every operator of one, however deep it stands', async t => {
  t.match(
    mistakes(
      'filters:',
      '  a: {match: {DB: {$regex: "("}}}',
      '  b: {match: {Duration: {$gt: 1, x: 2}}}',
      '  c: {match: {DB: {$regex: "a", $options: "q"}}}',
      '  d: {match: {DB: {$not: {$regx: "a"}}}}',
      '  e: {match: {Filter: {$elemMatch: {a: {$gtt: 1, $lt: 2}}}}}',
      '  f: {match: {DB: {$options: "i"}, StartTime: {$date: "2026-01-01"}}}',
      '  g: {match: {DB: {$regex: "a", $options: "i"}}}',
    ),
    [
      /^2:28: filters\.a\.match\.DB\.\$regex: .*missing closing \)/,
      /^3:37: filters\.b\.match\.Duration\.x: Duration\.x is not one of/,
      /^4:43: filters\.c\.match\.DB\.\$options: The option "q"/,
      /^5:34: filters\.d\.match\.DB\.\$not\.\$regx: .*did you mean \$regex/,
      /^6:47: filters\.e\.match\.Filter\.\$elemMatch\.a\.\$gtt: .*mean \$gt/,
      /^7:30: filters\.f\.match\.DB\.\$options: .*expected a string/,
    ],
  )
})

t.test('so is every path of redact and every entry of fields', async t => {
  t.match(
    mistakes(
      'filters:',
      '  a: {redact: {rules: [{paths: [Filtr.a, Filter.a, Updat.b], action: mask}]}}',
      '  b: {fields: {add: {X: Filtr.a, Y: Durtion}, drop: [DBB]}}',
    ),
    [
      /^2:33: .*paths\[0\]: .*did you mean Filter/,
      /^2:52: .*paths\[2\]: .*did you mean Update/,
      /^3:25: filters\.b\.fields\.add\.X: .*did you mean Filter/,
      /^3:37: filters\.b\.fields\.add\.Y: .*did you mean Duration/,
      /^3:54: filters\.b\.fields\.drop\[0\]: /,
    ],
  )
})

t.test('a quantity in other units names the one that was meant', async t => {
  t.match(
    mistakes(
      'handlers: {a: {class: file, filename: x, every: 5 mins, max_age: 3 days, max_bytes: 100 megs}}',
      'watchers: {global: {timeout_sec: 2 min}}',
    ),
    [
      /every: .*did you mean 5m\?/,
      /max_age: .*did you mean 3d\?/,
      /max_bytes: .*did you mean 100MiB\?/,
      /timeout_sec: .*did you mean 120\?/,
    ],
  )
})

t.test('a name in a template that is near another one', async t => {
  t.match(mistakes('formatters: {a: {format: "{levlname}"}}'), [
    /did you mean levelname\?/,
  ])
})

t.test('a transport that winston has not is told', async t => {
  t.match(
    mistakes(
      'handlers:',
      '  a: {class: winston.transports.Flie}',
      '  b: {class: winston.transports.DailyRotateFile, options: {a: 1}}',
      '  c: {class: winston.transports.File, options: {filename: a}}',
    ),
    [
      /^2:14: handlers\.a\.class: .*did you mean winston\.transports\.File\?/,
      /^3:14: handlers\.b\.class: .*module: for a transport of another package/,
    ],
  )
})

t.test('a name in both handlers and transports is told', async t => {
  t.match(
    mistakes(
      'handlers: {a: {class: console}, b: {class: console}}',
      'transports: {a: {class: console, stream: stdout}}',
    ),
    [/^2:14: transports\.a: The same name in handlers and transports/],
  )
})

t.test('a list of nothing to mask is told', async t => {
  const [first, ...others] = mistakes('filters: {a: {mask: {fields: []}}}')
  t.match(first, /mask\.fields: Expected at least 1 of them, got a list/)
  t.same(others, [])
})

t.test('a path that no address of a socket holds is told', async t => {
  const syslog = (path: string) =>
    mistakes(
      `handlers: {a: {class: syslog, protocol: unix, path: ${JSON.stringify(path)}}}`,
    )
  t.same(syslog(`/${'a'.repeat(106)}`), [])
  t.match(syslog(`/${'a'.repeat(107)}`), [
    /handlers\.a\.path: Expected a path of 1 to 107 bytes/,
  ])
  t.match(syslog(`/${'ä'.repeat(54)}`), [/107 bytes.*got one of 109/])
})

t.test('what is wrong beside a mistake of the syntax is told', async t => {
  t.match(
    mistakes(
      'filters:',
      '  slow: {when: "Duration > 1"}}',
      'handlers: {a: {class: fiel, filters: [slow, other]}}',
      'loggers: {mongowatch: {handlers: [a], levl: info}}',
    ),
    [
      /^2:31: Unexpected flow-map-end/,
      /^3:23: handlers\.a\.class: .*did you mean file\?/,
      /^4:39: loggers\.mongowatch\.levl: .*did you mean level\?/,
    ],
  )
})

t.test('a section that cannot be read leaves the audit safe', async t => {
  const { settings } = loadText(
    {
      path: '/c.yaml',
      text: 'filters: {mine: {mask: {}}}}\nhandlers: {a: {class: console, filters: [mine]}}',
    },
    {},
  )
  t.match(settings.filters.mine, { mask: { fields: ['DB'] } })
  const lost = loadText(
    {
      path: '/c.yaml',
      text: 'handlers: {a: {class: console}}}\nloggers: {mongowatch: {handlers: [a]}}',
    },
    {},
  )
  t.same(lost.settings.loggers.mongowatch?.handlers, ['console'])
})

t.test('a file that is not there is said in words', async t => {
  const { problems } = loadFiles(['/nowhere/none.yaml'], {})
  t.same(problems.map(problemText), [
    '/nowhere/none.yaml: There is no such file',
  ])
})

t.test('an unknown class hides no other mistake of its handler', async t => {
  t.match(
    mistakes('handlers: {a: {class: fiel, leevl: info, max_bytes: 1 megs}}'),
    [
      /class: .*did you mean file\?/,
      /leevl: Unknown key .*did you mean level\?/,
      /max_bytes: .*did you mean 1MiB\?/,
    ],
  )
})

t.test('a reference to something else is told with both places', async t => {
  t.match(
    mistakes(
      'watchers: {global: {timeout_sec: 5}}',
      'handlers: {a: {class: file, filename: "cfg://watchers"}}',
    ),
    [/^2:39: handlers\.a\.filename: Expected text, got a map .*line 1/],
  )
})

t.test(
  'an item of a list is told where it stands, in every dialect',
  async t => {
    t.match(
      mistakes(
        'watchers: {global: {default_fields: [DB, Colection], operations: {}}}',
      ),
      [/^1:42: watchers\.global\.default_fields\[1\]: .*did you mean Coll/],
    )
  },
)

t.test(
  'so is every variable of an expression and part of a template',
  async t => {
    t.match(
      mistakes(
        'filters: {a: {when: "Colection == 1 && Duratio > 1 || DB.startWith(Operation)"}}',
        'formatters: {a: {format: "{levlname} {name} {wach.full}"}}',
      ),
      [
        /^1:22: filters\.a\.when: Unknown variable: Colection; did you mean Coll/,
        /^1:40: filters\.a\.when: Unknown variable: Duratio; did you mean Duration/,
        /^1:58: filters\.a\.when: .*did you mean startsWith\?/,
        /^2:27: formatters\.a\.format: .*did you mean levelname\?/,
        /^2:45: formatters\.a\.format: .*did you mean watch\.full\?/,
      ],
    )
  },
)

t.test('a template has each wrong part and an open brace told', async t => {
  const told = mistakes(
    'formatters: {l: {format: "{asctim} {nam} {watch:>10"}}',
  )
  t.match(told, [
    /^1:26: .*"\{asctim\} \{nam\} \{watch:>10" at character 16: a \{ alone/,
    /^1:27: .*did you mean asctime/,
    /^1:36: .*did you mean name/,
  ])
  t.equal(told.length, 3)
})

t.test('of very many mistakes each filter has at least its first', async t => {
  const names = Array.from({ length: 200 }, (_, i) => `f${i}`)
  const when = 'Colection == "a" && Duraton > 1.0 && Filtr.x == 1'
  const { problems } = settingsFrom({
    version: 1,
    filters: Object.fromEntries(names.map(name => [name, { when }])),
    handlers: { a: { class: 'console', filters: names } },
  })
  const told = new Set(problems.map(({ path }) => path))
  t.strictSame(
    names.filter(name => !told.has(`filters.${name}.when`)),
    [],
  )
  t.equal(problems.filter(({ path }) => path === 'filters.f0.when').length, 3)
  t.equal(problems.filter(({ path }) => path === 'filters.f199.when').length, 1)
})

t.test('of very many the details end, the parts do not', async t => {
  const wrong = Array.from({ length: 300 }, (_, i) => `f${i}`)
  const { problems, settings } = settingsFrom({
    watchers: {
      global: { exclude: Object.fromEntries(wrong.map(key => [key, 1])) },
    },
    formatters: Object.fromEntries(
      wrong.map(name => [name, { format: '{levlname} {nam}' }]),
    ),
  })
  const formats = problems.filter(({ path }) => path.endsWith('.format'))
  t.equal(formats.length, 350, 'two of each at first, then one of each')
  t.equal(formats[0]?.nearest, 'levelname')
  t.equal(formats.at(-1)?.nearest, undefined)
  t.same(Object.keys(settings.formatters), ['line'], 'no wrong one is used')
  const excludes = problems.filter(({ path }) => path.includes('.exclude'))
  t.equal(excludes.length, 1)
  t.not(Error.stackTraceLimit, 0, 'the application has its own errors whole')
})

t.test('what was written is never what was meant', async t => {
  t.same(
    mistakes(
      'filters:',
      '  a: {match: {filter.x: 1, " DB": 2, My-Filter: 3}}',
      '  b: {redact: {rules: [{paths: [update.a], action: mask}]}}',
      '  c: {sample: {rate: 1, by: operation}}',
      '  d: {fields: {drop: [shape]}}',
    ).filter(text => !text.startsWith('4:')),
    [
      '2:25: filters.a.match["filter.x"]: "filter" is not a field of a record; did you mean Filter?',
      '2:35: filters.a.match[" DB"]: " DB" is not a field of a record; did you mean DB?',
      '2:49: filters.a.match.My-Filter: "My-Filter" is not a field of a record; did you mean Filter?',
      '3:33: filters.b.redact.rules[0].paths[0]: "update" is not a field of a record; did you mean Update?',
      '5:23: filters.d.fields.drop[0]: "shape" is not a field of a record; did you mean Shape?',
    ],
  )
  t.match(mistakes('handlers: {a: {class: console, endpoint: "http://x"}}'), [
    /^1:32: .*: Unknown key "endpoint", .*max_line_bytes \(it belongs to class: otlp\)$/,
  ])
  t.match(
    mistakes('handlers: {a: {module: pack, class: file, mode: "0600"}}'),
    [
      /^1:30: .*: Unknown key "class", expected .*options$/,
      /^1:43: .*: Unknown key "mode", .* \(it belongs to class: file\)$/,
    ],
  )
})
