import t from 'tap'
import { settingsFrom } from '../../src/config/load-settings.ts'
import type { Place } from '../../src/config/node.ts'
import { problemAt } from '../../src/config/problem.ts'
import {
  problemBlock,
  problemsText,
  problemText,
} from '../../src/config/problem-text.ts'

const source = { path: '/etc/a.yaml', text: 'a:\n\tb: {c: ten}\n' }
const place: Place = { source, line: 2, column: 9, length: 3 }
const problem = problemAt(place, ['a', 'b', 'c'], 'Expected a number', {
  nearest: 'two',
  hint: 'ten is text',
})

t.test('a problem is one line', async t => {
  t.equal(
    problemText(problem),
    '/etc/a.yaml:2:9: a.b.c: Expected a number; did you mean two? (ten is text)',
  )
})

t.test('or a block with the line and a mark under the place', async t => {
  t.same(problemBlock(problem).split('\n'), [
    '/etc/a.yaml:2:9: Expected a number; did you mean two?',
    '  2 |  b: {c: ten}',
    '    |         ^^^',
    '  in a.b.c',
    '  ten is text',
  ])
})

t.test('of a long line the part around the place is shown', async t => {
  const text = `${'x'.repeat(5000)}HERE${'y'.repeat(5000)}`
  const far = { source: { path: '/a', text }, line: 1, column: 5001, length: 4 }
  const [, line = '', mark = ''] = problemBlock(problemAt(far, [], 'No')).split(
    '\n',
  )
  t.ok(line.length < 120)
  t.equal(line.indexOf('HERE'), mark.indexOf('^^^^'))
})

t.test('nothing in it moves a terminal', async t => {
  const { problems } = settingsFrom({
    'a\u001b[31m\n\u202e\u2028\ud800': 1,
    handlers: { x: { class: '\u009b31m\u0007' } },
  })
  const text = problems.map(problemBlock).join('') + problemsText(problems)
  t.notMatch(text.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Zl}\p{Cs}]/u)
  t.match(text, '\\u001b')
})

t.test('a thousand problems are not a thousand lines', async t => {
  const many = Array.from({ length: 1000 }, () => problem)
  const lines = problemsText(many).split('\n')
  t.equal(lines.length, 22)
  t.match(lines[0], /^1000 mistakes/)
  t.match(lines.at(-1), /980 more/)
})
