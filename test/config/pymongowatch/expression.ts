import t from 'tap'
import { translateExpression } from '../../../src/config/pymongowatch/expression.ts'
import { compileExpression } from '../../../src/filters/when.ts'
import { AuditRecord } from '../../../src/record/record.ts'

const SAME: readonly [python: string, cel: string][] = [
  ['Duration > 0.1', 'Duration > 0.1'],
  [
    'Collection == "orders" and Duration >= 1',
    'Collection == "orders" && Duration >= 1',
  ],
  ["DB == 'a' or DB == 'b'", "DB == 'a' || DB == 'b'"],
  ['not Filter', '!(Filter != null && Filter != {} && Filter != [])'],
  [
    'InsertedCount and Collection == "x"',
    '(InsertedCount != null && InsertedCount != 0) && Collection == "x"',
  ],
  ['(Query)', '(Filter != null && Filter != {} && Filter != [])'],
  ['"y" in Collection', 'Collection.contains("y")'],
  ['"final" not in Iteration', '!Iteration.contains("final")'],
  ["Operation == 'find_one'", "Operation == 'findOne'"],
  [
    'not (Operation in ["find_one", "insert_many"])',
    '!(Operation in ["findOne", "insertMany"])',
  ],
  ['not (DB == "a" or DB == "b")', '!(DB == "a" || DB == "b")'],
  ['not DB == "a"', '!(DB == "a")'],
  ['not (DB == "a") and (Batches > 1)', '!(DB == "a") && (Batches > 1)'],
  ['DB in ["a", "b",]', 'DB in ["a", "b"]'],
  ['DB not in ["a"]', '!(DB in ["a"])'],
  ['Filter is None', 'Filter == null'],
  ['Filter is not None', 'Filter != null'],
  ['Query == {}', 'Filter == {}'],
  ['watch["RetrieveTime"] < 10', 'Duration < 10'],
  ['_watch.Collection == "x"', 'Collection == "x"'],
  ['len(Filter) > 2', 'size(Filter) > 2'],
  ['Collection.startswith("audit_")', 'Collection.startsWith("audit_")'],
  ['Filter["age"] == -1', 'Filter["age"] == -1'],
  ['MatchedCount * 2 + 1 > 7 % 3', 'MatchedCount * 2 + 1 > 7 % 3'],
  ['True', 'true'],
]

t.test('an expression of fields is the same one in CEL', async t => {
  for (const [python, cel] of SAME) {
    t.equal(Object(translateExpression(python)).cel, cel)
    t.doesNotThrow(() => compileExpression(cel), cel)
  }
})

t.test('and decides the same', async t => {
  const record = new AuditRecord('l', 'find', 'id', new Date(0))
  Object.assign(record, { DB: 'shop', Collection: 'orders', Duration: 0.5 })
  for (const [python, expected] of [
    ['Collection == "orders" and not (Duration <= 0.1)', true],
    ['not Collection == "orders" or Duration > 1', false],
    ['DB not in ["test", "local"]', true],
    ['Filter is None and Duration < 1', true],
    ['Filter or Duration', true],
    ['InsertedCount', false],
    ['not Collection', false],
    ['not Filter', true],
    ['"der" in Collection', true],
    ['ErrorCode or Iteration', false],
  ] as const) {
    const translated = translateExpression(python)
    if (!('cel' in translated)) throw new Error(python)
    t.equal(compileExpression(translated.cel)(record), expected, python)
  }
})

t.test('truth is asked of fields of every type', async t => {
  const record = new AuditRecord('l', 'find', 'id', new Date(0))
  const facts = { Iteration: 'final', ErrorCode: 0, Filter: { a: 1 } }
  Object.assign(record, facts, { Update: [{ $set: { a: 1 } }], Options: [] })
  const truths = ['Iteration', 'not ErrorCode', 'Filter', 'Update', 'StartTime']
  for (const python of [...truths, 'not Options', 'PID or not Host']) {
    const translated = translateExpression(python)
    if (!('cel' in translated)) throw new Error(python)
    t.equal(compileExpression(translated.cel)(record), true, python)
  }
})

t.test('what CEL has not is told', async t => {
  for (const [python, unknown] of [
    ['len(Filter) and True', '"size(Filter)" as true or false'],
    ['Duration + 1', '"Duration + 1" as true or false'],
    ['0 < Duration < 1', '"a chain of comparisons"'],
    ['import os', '"import"'],
    ['__import__("os").system("rm")', '"__import__()"'],
    ['Filter.__class__()', '"__class__()"'],
    ['[x for x in Filter]', '"x"'],
    ['re.match("a", DB)', '"re"'],
    ['DB == "a', '"\\"a"'],
    ['DB ==', '"the end"'],
    ['DB == "a")', '")"'],
    ['lambda: 1', '"lambda"'],
    ['DB.startswith(("a", "b"))', '","'],
    ['', '"the end"'],
    [`${'('.repeat(100)}DB${')'.repeat(100)}`, '"((("'],
  ] as const)
    t.same(translateExpression(python), { unknown }, python.slice(0, 40))
})

t.test('fields that not every record has are named', async t => {
  t.match(translateExpression('MatchedCount > 5 or watch.DB == "a"'), {
    lacking: ['MatchedCount'],
  })
  t.match(translateExpression('Query and watch["Query"] != 1'), {
    lacking: ['Filter'],
  })
  t.match(translateExpression('Duration > 1 and "a" in DB'), { lacking: [] })
})
