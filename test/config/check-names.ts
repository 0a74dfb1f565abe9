import t from 'tap'
import { settingsFrom } from '../../src/config/load-settings.ts'
import { problemText } from '../../src/config/problem-text.ts'

const told = (config: object) => settingsFrom(config).problems.map(problemText)

t.test('a field that no record has is told, wherever it is named', async t => {
  t.same(
    told({
      formatters: {
        rows: { type: 'csv', columns: ['WatchID', 'Colection', '*', 'name'] },
        line: { format: '{watch.Fitler.age} {{watch.Nothing}} {watch.DB}' },
      },
    }),
    [
      'formatters.rows.columns[1]: Expected a field of a record, got "Colection"; did you mean Collection?',
      'formatters.line.format: Expected a field of a record, got "Fitler"; did you mean Filter?',
    ],
  )
})

t.test('but not one that a filter adds', async t => {
  const formatters = {
    rows: { type: 'csv', columns: ['tenant', 'app', 'who', 'InsertedCount/s'] },
    line: { format: '{watch.tenant}' },
  }
  const filters = {
    more: {
      fields: {
        add: { tenant: 'Filter.tenant' },
        constant: { app: 'shop' },
        rename: { DBUser: 'who' },
      },
    },
    rates: { rate: { attributes: ['InsertedCount'] } },
  }
  t.same(told({ formatters, filters }), [])
  t.equal(told({ formatters }).length, 5)
  t.same(told({ formatters, filters: { any: { module: 'x' } } }), [])
})

t.test('nor a formatter, filter or handler that is not there', async t => {
  t.same(
    told({
      formatters: { jason: { type: 'json' } },
      handlers: {
        out: { class: 'console', formatter: 'json', filters: ['x'] },
      },
      loggers: { mongowatch: { handlers: ['our'] } },
    }),
    [
      'handlers.out.formatter: Expected a name from formatters, got "json"; did you mean jason?',
      'handlers.out.filters[0]: Expected a name from filters, got "x" (there is nothing in filters)',
      'loggers.mongowatch.handlers[0]: Expected a name from handlers, got "our"; did you mean out?',
    ],
  )
})

t.test('nor a field that says what an operation was', async t => {
  const operations = {
    countDocuments: { filter: { to: 'StartTime' } },
    distinct: { _result: { to: 'Filter' } },
  }
  const { settings, problems } = settingsFrom({
    watchers: { collection: { operations } },
  })
  t.match(problems.map(problemText), [
    /^watchers\.collection\.operations\.countDocuments\.filter\.to: Expected a field, _result or null, got "StartTime"/,
  ])
  t.same(settings.watchers.collection.operations, {
    countDocuments: {},
    distinct: { _result: { to: 'Filter' } },
  })
})

t.test('an exclude without a condition would exclude everything', async t => {
  const { settings, problems } = settingsFrom({
    watchers: { global: { exclude: {} }, cursor: { exclude: { DB: 'a' } } },
  })
  t.match(problems.map(problemText), [
    /^watchers\.global\.exclude: Expected a condition .*, got a map$/,
  ])
  t.equal(settings.watchers.collection.exclude, undefined)
  t.same(settings.watchers.cursor.exclude, { DB: 'a' })
})
