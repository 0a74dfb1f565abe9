import t from 'tap'
import { compileLineTest, formatLine } from '../../../src/cli/tail/line.ts'

const style = { paint: (_: unknown, text: string) => text, width: 100 }
const RECORD = {
  WatchID: '6745ab000000000000000001',
  Iteration: 'final',
  StartTime: '2026-11-25T01:02:03.456Z',
  DB: 'shop',
  Collection: 'orders',
  Operation: 'find',
  Filter: { a: 1 },
  Duration: 0.0123,
  MatchedCount: 5,
  ReturnedCount: 5,
  Batches: 1,
  Outcome: 'success',
}
const lineOf = (changes: object) => JSON.stringify({ ...RECORD, ...changes })

t.test(
  'a record is a time, a call, a duration, a result and the filter',
  async t => {
    const line = formatLine(lineOf({}), style)
    t.match(
      line,
      /^01:02:03\.456 {2}✓ orders\.find +12\.3 ms {2}5 read +\{"a":1\}$/,
    )
    t.ok(line.length <= 100)
  },
)

t.test('a record that is not the last says so', async t => {
  const line = formatLine(
    lineOf({ Iteration: 3, Filter: { a: 'x'.repeat(200) } }),
    style,
  )
  t.match(line, / \(open, 3\)$/)
  t.ok(line.length <= 100)
})

t.test('lifecycle records and lines that are no JSON are shown', async t => {
  const stop = { Operation: '$stop', Options: { seen: 3 } }
  t.equal(formatLine(lineOf(stop), style), '01:02:03.456  $stop {"seen":3}')
  t.equal(formatLine('2026 INFO plain', style), '2026 INFO plain')
  t.equal(formatLine('[1]', style), '[1]')
  t.equal(formatLine('{"ecs": 1}', style), '{"ecs": 1}')
})

t.test('nothing reaches the terminal that it would obey', async t => {
  const evil = '\u001b[2J\u009b31m\u202e\r'
  const texts = [
    lineOf({ Collection: evil, Operation: evil, DB: evil }),
    lineOf({ Filter: { [evil]: evil }, StartTime: evil }),
    lineOf({ Outcome: 'failure', ErrorCode: evil, ErrorMessage: evil }),
    lineOf({ Operation: '$error', Options: { [evil]: [evil] } }),
    evil,
  ]
  for (const text of texts) t.notMatch(formatLine(text, style), /\p{C}/u)
})

t.test('a query chooses lines', async t => {
  const cases: [string | undefined, object, boolean][] = [
    [undefined, {}, true],
    ['{Collection: orders}', {}, true],
    ['{"Collection": "users"}', {}, false],
    ['{Duration: {$gt: 0.01}, Outcome: success}', {}, true],
    ['{StartTime: {$gte: {$date: "2026-11-25T01:00:00Z"}}}', {}, true],
    ['{StartTime: {$lt: {$date: "2026-11-25T01:00:00Z"}}}', {}, false],
    ['{Operation: {$in: [find, aggregate]}}', {}, true],
    ['{Operation: {$regex: "^delete"}}', {}, false],
    ['{"Filter.a": 1}', {}, true],
  ]
  for (const [query, changes, expected] of cases) {
    const isWanted = await compileLineTest(query)
    t.equal(isWanted(lineOf(changes)), expected, String(query))
  }
  const isWanted = await compileLineTest('{}')
  t.equal(isWanted('no JSON'), false)
})

t.test('what is no query is refused in one line', async t => {
  const wrong = [
    'orders',
    '[1]',
    '{a: ',
    '{Collection: {$near: 1}}',
    '{Colection: x}',
  ]
  for (const query of wrong) {
    await t.rejects(
      compileLineTest(query),
      { name: 'UsageError', message: /^--match [^\n]+$/ },
      query,
    )
  }
})
