import t from 'tap'
import { problemText } from '../../src/config/problem-text.ts'
import { loadText } from '../fixtures/config/load-text.ts'

/** All mistakes of a text, as `line:column: path: message`. */
function mistakes(...lines: string[]): string[] {
  const text = lines.join('\n')
  const { problems } = loadText({ path: '/c.yaml', text }, {})
  return problems.map(each => problemText(each).slice('/c.yaml:'.length))
}

t.test('a list in the place of a section says what to write', async t => {
  t.same(
    mistakes(
      'handlers:',
      '- class: console',
      'filters:',
      '- slow: {when: "true"}',
      'loggers: [console]',
      'watchers: [global]',
    ),
    [
      '2:1: handlers: Expected a map or null, got a list (each of them has a name: write NAME: {…} without "- ")',
      '4:1: filters: Expected a map or null, got a list (each of them has a name: write NAME: {…} without "- ")',
      '5:10: loggers: Expected a map or null, got a list (write {mongowatch: {handlers: […]}})',
      '6:11: watchers: Expected a map or null, got a list (write its keys without "- ", such as global:)',
    ],
  )
  t.same(mistakes('- handlers: {}'), [
    '1:1: Expected a map, got a list (a file is a map of sections, without "- ")',
  ])
  t.same(mistakes('loggers: {mongowatch: [a]}'), [
    '1:23: loggers.mongowatch: Expected a map or null, got a list (write {handlers: […]})',
  ])
})

t.test('a key that stands a level too far left is to be indented', async t => {
  t.same(
    mistakes(
      'filters:',
      '  slow:',
      '  when: "true"',
      'handlers:',
      '  a: {class: console}',
      '  filters: [slow]',
      '  level: info',
    ),
    [
      '2:8: filters.slow: Expected a map, got null (what belongs to it is indented further)',
      '3:9: filters.when: Expected a map, got "true" (when belongs to what is named above it: indent it further)',
      '6:12: handlers.filters: Expected a map, got a list (filters belongs to what is named above it: indent it further)',
      '7:10: handlers.level: Expected a map, got "info" (level belongs to what is named above it: indent it further)',
    ],
  )
})

t.test('a text or a list in the place of a part is put into it', async t => {
  t.match(
    mistakes(
      'filters: {a: "DB == 1"}',
      'formatters: {a: "{asctime}"}',
      'handlers: {a: console, b: [file]}',
    ),
    [
      /got "DB == 1" \(write \{when: …\}\)$/,
      /got "\{asctime\}" \(write \{format: …\}\)$/,
      /got "console" \(write \{class: …\}\)$/,
      /got a list \(write its keys without "- ", such as class:\)$/,
    ],
  )
})

t.test('what is no list says how to write one', async t => {
  t.match(
    mistakes(
      'filters: ~',
      'handlers:',
      '  a: {class: console, filters: ~}',
      '  b: {class: console, filters: x}',
      '  c: {class: console, filters: {x: {when: "true"}}}',
      '  d: {class: console, filters: [x]}',
    ),
    [
      /^3:32: .*Expected a list, got null \(leave it out, or write \[\]\)$/,
      /^4:32: .*Expected a list, got "x" \(write \[…\]\)$/,
      /^5:32: .*got a map \(only their names are here, they stand under filters\)$/,
      /^6:33: .*a name from filters, got "x" \(there is nothing in filters\)$/,
    ],
  )
})

t.test('the hint is one that is accepted, and means what is meant', async t => {
  t.match(
    mistakes(
      'filters:',
      '  a: mask',
      '  b: {rate: {attributes: }}',
      '  c: {redact: {rules: }}',
      '  d: {match: [DB]}',
      'formatters: {a: json, b: csv, c: "{name}"}',
    ),
    [
      /got "mask" \(write \{mask: …\}\)$/,
      /rate\.attributes: .*got null \(write \[…\]\)$/,
      /redact\.rules: .*got null \(write \[…\]\)$/,
      /match: .*got a list \(write its keys without "- ", such as DB:\)$/,
      /got "json" \(write \{type: json\}\)$/,
      /got "csv" \(write \{type: csv\}\)$/,
      /got "\{name\}" \(write \{format: …\}\)$/,
    ],
  )
})
