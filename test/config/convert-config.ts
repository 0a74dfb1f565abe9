import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { convertConfig } from '../../src/config/convert-config.ts'
import { problemText } from '../../src/config/problem-text.ts'
import { loadText } from '../fixtures/config/load-text.ts'

const FILE = join(__dirname, '../fixtures/config/pymongowatch.yaml')
const ORIGINAL = readFileSync(FILE, 'utf8')

const load = (text: string) => loadText({ path: '/a.yaml', text }, {})

t.test('a file of pymongowatch works as it is', async t => {
  const { settings, problems } = load(ORIGINAL)
  t.match(problems.map(problemText), [
    /^\/a\.yaml:75:14: filters\.masked: Python code \(execute\) cannot be run \(mask: /,
  ])
  t.match(settings.watchers, {
    collection: {
      timeoutSec: 8,
      logLevel: { first: 'debug', update: 'debug', timeout: 'warning' },
      operations: {
        bulkWrite: { operations: { to: 'OperationCount', cast: 'length' } },
        findOne: { _result: { to: 'MatchedCount', cast: 'one_if_not_null' } },
        remove: { filter: { to: 'Filter' } },
      },
      undefinedArguments: { to: null },
    },
    cursor: { timeoutSec: 20, defaultFields: /* of today */ ['DB'] },
    client: { timeoutSec: 12 },
  })
  t.same(settings.watchers.cursor.defaultFields.at(-1), 'MatchedCount')
  t.match(settings.handlers, {
    screen: {
      class: 'console',
      level: 'info',
      filters: ['slow', 'keep_errors'],
      options: { stream: 'stdout', queue: { forcedDelaySec: 5 } },
    },
    table: {
      class: 'file',
      level: 'info',
      filters: ['inserts', 'masked'],
      options: { maxBytes: 104_857_600, backupCount: 2 },
    },
    plain: { class: 'file', options: { queue: false } },
  })
  t.same(Object.keys(settings.handlers), ['screen', 'table', 'plain'])
  t.match(settings.loggers, {
    mongowatch: { level: 'debug', handlers: ['screen', 'table'] },
    'mongowatch.cursor': { level: 'info', handlers: ['plain'] },
  })
  t.match(settings.formatters.rows, {
    type: 'csv',
    columns: ['WatcherName', '*'],
    header: true,
  })
  t.match(settings.filters.masked, { mask: {} }, 'what it hid is hidden')
})

t.test('its converted form has the same effect, without a mistake', async t => {
  const { text, problems } = convertConfig(ORIGINAL)
  t.same(
    problems.map(problem => problem.path),
    ['filters.masked'],
  )
  const converted = load(text)
  t.same(converted.problems.map(problemText), [])
  t.same(converted.settings, load(ORIGINAL).settings)
})

t.test('comments stay, and tell what had to change', async t => {
  const { text } = convertConfig(ORIGINAL)
  t.match(text, '# Our audit, as pymongowatch reads it: every section is used.')
  t.match(text, '      # counted, not listed\n      bulkWrite:')
  t.match(text, '# disable_existing_loggers is left out')
  t.match(text, /# Python code \(execute\) cannot be run: .*\n {2}masked:/)
  t.match(text, '# _result: _deprecated_remove is left out')
})

t.test('a converted form is not changed again', async t => {
  const { text } = convertConfig(ORIGINAL)
  const again = convertConfig(text).text
  t.same(load(again).settings, load(text).settings)
})

t.test('what is no YAML is told, and nothing is printed', async t => {
  const { text, problems } = convertConfig('a: [', 'x.yaml')
  t.equal(text, '')
  t.match(problems.map(problemText), [/^x\.yaml:1:5: /])
})

t.test('what could not be converted is named nowhere', async t => {
  const { text, problems } = convertConfig(
    [
      'handlers:',
      '  mail: {class: logging.handlers.SMTPHandler}',
      '  more: {class: logging.StreamHandler, formatter: own}',
      '  out: {class: logging.StreamHandler, filters: [nothing]}',
      'filters: {nothing: {(): pymongo.watcher.filters.RateFilter, attributes: []}}',
      'formatters: {own: {class: my.Formatter}}',
      'watchers: {collection: {operations: {find_one: {execute: "x = 1", _result: {to: MatchedCount, cast: one_if_not_none}}}}}',
      'loggers: {pymongo.watcher: {handlers: [mail, out], propagate: no}}',
    ].join('\n'),
  )
  t.equal(problems.length, 3)
  t.notMatch(text, /^[^#\n]*(mail\b|execute|x = 1|own)/m)
  t.match(text, /cast: one_if_not_null/)
  t.match(text, /# .*execute: Python code/)
  t.match(text, /propagate: false/)
  t.same(loadText({ path: '/c.yaml', text }, {}).problems, [])
})
