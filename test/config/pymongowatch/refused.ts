// What pymongowatch's files may hold and nothing here takes the place of.
import t from 'tap'
import { problemText } from '../../../src/config/problem-text.ts'
import { loadText } from '../../fixtures/config/load-text.ts'

function problemsOf(...lines: string[]): string[] {
  const text = lines.join('\n')
  const { problems } = loadText({ path: '/p.yaml', text }, {})
  return problems.map(problemText)
}

t.test('a field of one’s own names the filter that makes it', async t => {
  t.match(
    problemsOf(
      'watchers:',
      '  collection:',
      '    operations:',
      '      find_one: {filter: {to: Tag, value: x}}',
      '      find: {filter: {to: Fliter}}',
      '    result: {to: "(result)"}',
    ),
    [
      /^\/p\.yaml:4:31: .*findOne\.filter\.to: No record has the field Tag \(a filter makes fields.*constant/,
      /^\/p\.yaml:5:27: .*got "Fliter"; did you mean Filter\?/,
      /^\/p\.yaml:6:18: watchers\.collection\.result\.to: .*did you mean _result\?/,
    ],
  )
})

t.test('a filter without its expression says what it lacks', async t => {
  const type = '(): ext://pymongo.watcher.filters.ExpressionFilter'
  t.match(
    problemsOf(
      'filters:',
      `  a: {${type}}`,
      `  b: {${type}, expression: ""}`,
      `  c: {${type}, expression: [DB]}`,
      'handlers: {h: {class: logging.StreamHandler, filters: [a, b, c]}}',
    ),
    [
      /^\/p\.yaml:2:6: filters\.a: Expected an expression .*\(when: "/,
      /^\/p\.yaml:3:71: filters\.b: Expected an expression/,
      /^\/p\.yaml:4:71: filters\.c: Expected an expression/,
    ],
  )
})

t.test('a tuple behind in is a list', async t => {
  const type = '(): ext://pymongo.watcher.filters.ExpressionFilter'
  const text = `filters: {a: {${type}, expression: "DB in ('a', 'b') and PID in (1,)"}}`
  const { settings } = loadText({ path: '/p.yaml', text }, {})
  t.match(settings.filters.a, { when: "DB in ['a', 'b'] && PID in [1]" })
})
