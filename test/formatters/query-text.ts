import t from 'tap'
import { queryText } from '../../src/formatters/query-text.ts'
import { snapshot } from '../../src/record/snapshot.ts'

t.test('every value is a question mark, every key stays', async t => {
  const cases: [unknown, string][] = [
    [{ a: 1, b: 'x', c: null }, '{"a":"?","b":"?","c":"?"}'],
    [{ a: { $in: [1, 2, 3] } }, '{"a":{"$in":["?"]}}'],
    [{ a: { $in: [] } }, '{"a":{"$in":[]}}'],
    [{ $or: [{ a: 1 }, { b: 2 }] }, '{"$or":[{"a":"?"},{"b":"?"}]}'],
    [{ at: new Date(0), n: 2n ** 60n }, '{"at":"?","n":"?"}'],
    [[{ $match: { a: 1 } }], '[{"$match":{"a":"?"}}]'],
    ['text', '"?"'],
  ]
  for (const [query, text] of cases) t.equal(queryText(snapshot(query)), text)
})
