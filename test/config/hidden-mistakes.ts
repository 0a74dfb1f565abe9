// Mistakes that another mistake must not hide.
import t from 'tap'
import { problemText } from '../../src/config/problem-text.ts'
import { loadText } from '../fixtures/config/load-text.ts'

/** All mistakes of a text, as `line:column: path: message`. */
function mistakes(...lines: string[]): string[] {
  const text = lines.join('\n')
  const { problems } = loadText({ path: '/c.yaml', text }, {})
  return problems.map(each => problemText(each).slice('/c.yaml:'.length))
}

t.test('a field of a template that has other mistakes is told', async t => {
  const told = mistakes(
    'formatters: {l: {format: "{watch.Fiter} {nam} {watch"}}',
  )
  t.match(told, [
    /^1:26: .* at character 21: a \{ alone/,
    /^1:34: .*got "Fiter"; did you mean Filter\?/,
    /^1:41: .*did you mean name\?/,
  ])
  t.equal(told.length, 3)
})

t.test('what stands below a misspelled key is looked at', async t => {
  t.match(
    mistakes(
      'handlers: {c: {class: console}}',
      'logers: {mongowatch: {level: infoo, handlers: [d]}}',
      'loggers: {mongowach: {levl: info, propagate: 7}}',
    ),
    [
      /^2:1: logers: .*did you mean loggers\?/,
      /^2:30: logers\.mongowatch\.level: .*did you mean info\?/,
      /^2:48: logers\.mongowatch\.handlers\[0\]: .*got "d"/,
      /^3:11: loggers\.mongowach: .*did you mean mongowatch\?/,
      /^3:23: loggers\.mongowach\.levl: .*did you mean level\?/,
      /^3:46: loggers\.mongowach\.propagate: Expected true or false/,
    ],
  )
})

t.test('so is a block that stands a level too high', async t => {
  t.match(
    mistakes(
      'mongowach: {level: infoo, handlers: []}',
      'handlers: {a: {class: console, max_record: 5}}',
      'collection: {timeout_se: 5}',
    ),
    [
      /^1:1: mongowach: .*did you mean loggers\.mongowatch\?/,
      /^1:20: mongowach\.level: .*did you mean info\?/,
      /^2:32: handlers\.a\.max_record: .*did you mean queue\.max_records\?/,
      /^3:1: collection: .*did you mean watchers\.collection\?/,
      /^3:14: collection\.timeout_se: .*did you mean timeout_sec\?/,
    ],
  )
})

t.test('nothing of a misspelled block is used', async t => {
  const text = 'watchrs: {global: {timeout_sec: 3}}'
  const { settings } = loadText({ path: '/c.yaml', text }, {})
  t.equal(settings.watchers.collection.timeoutSec, 10)
})

t.test('a second block of the same name is looked at too', async t => {
  const lines = [
    'handlers: {a: {class: console, formater: line}}',
    'handlers: {b: {class: consol}, a: {class: file}}',
    'loggers: {mongowatch: {handlers: [a, b]}}',
  ]
  t.match(mistakes(...lines), [
    /^1:32: handlers\.a\.formater: /,
    /^2:1: handlers: The same key twice/,
    /^2:23: handlers\.b\.class: .*did you mean console\?/,
  ])
  const broken = mistakes(...lines, 'filters: [}')
  t.match(
    broken.join('\n'),
    /formater.*The same key twice.*mean console.*4:11/s,
  )
})

t.test('of two blocks the first decides', async t => {
  const text = [
    'watchers: {global: {timeout_sec: 3}}',
    'watchers: {global: {timeout_sec: 4}, cursor: {timeout_sec: 5}}',
    'handlers:',
    'handlers: {only: {class: console}}',
  ].join('\n')
  const { settings } = loadText({ path: '/c.yaml', text }, {})
  t.equal(settings.watchers.collection.timeoutSec, 3)
  t.equal(settings.watchers.cursor.timeoutSec, 5)
  t.same(Object.keys(settings.handlers), ['only'])
})

t.test('what a default stands for is written once', async t => {
  t.match(
    mistakes(
      'handlers:',
      '  a: {class: console, level: "${env:NOPE:-blablabla}"}',
      '  b: {class: "${env:NOPE:-wrong-class}-${env:NOPE:-wrong-class}"}',
    ),
    [
      /got "\$\{env:NOPE:-blablabla\}"$/,
      /got "\$\{env:NOPE:-wrong-class\}-\$\{env:NOPE:-wrong-class\}"$/,
    ],
  )
})
