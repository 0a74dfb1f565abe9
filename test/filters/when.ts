import t from 'tap'
import { systemClock } from '../../src/clock.ts'
import { createFilter } from '../../src/filters/create-filter.ts'
import { compileExpression } from '../../src/filters/when.ts'
import { auditRecord } from '../fixtures/audit-record.ts'

const slow = auditRecord({
  DB: 'shop',
  Collection: 'orders',
  Duration: 0.25,
  MatchedCount: 3,
  Filter: {
    status: 'open',
    age: { $gt: 5 },
    tags: ['a', 'b'],
    customer: { $oid: '6926b3a0c0ffee0000000001' },
    since: { $date: '2026-01-01T00:00:00Z' },
    views: { $numberLong: '12' },
  },
})

const TRUE = [
  'Collection == "orders" && Duration > 0.1',
  'MatchedCount == 3',
  'MatchedCount + 1 > 3',
  'Duration * 1000 > 100',
  'MatchedCount % 2 == 1',
  'Operation in ["find", "findOne"]',
  'Filter.status == "open"',
  'Filter.age["$gt"] == 5',
  'Filter.tags.exists(tag, tag == "b")',
  '"status" in Filter',
  'has(Filter.status) && !has(Filter.password)',
  'Filter.customer == "6926b3a0c0ffee0000000001"',
  'Filter.since < timestamp("2026-02-01T00:00:00Z")',
  'Filter.views > 11',
  'StartTime > timestamp("2026-11-01T00:00:00Z")',
  'Collection.startsWith("ord")',
  'Collection.matches("^(orders|carts)$")',
  '_logger == "mongowatch.collection"',
  'Iteration == "final"',
  'size(Filter) == 6',
]

t.test('an expression sees fields as natural values', async t => {
  for (const expression of TRUE) {
    t.equal(compileExpression(expression)(slow), true, expression)
  }
})

t.test('an absent field is null: nothing holds for it', async t => {
  const onDatabase = auditRecord({ DB: 'shop', Operation: 'command' })
  for (const expression of [
    'Collection == "orders"',
    'Duration > 0.1',
    'Duration <= 0.1',
    'EndTime > StartTime',
    'Collection.startsWith("o")',
    'Collection.contains("o")',
    'Collection.matches("o")',
    'Collection in ["orders"]',
    'has(Filter.status)',
  ]) {
    t.equal(compileExpression(expression)(onDatabase), false, expression)
  }
  t.equal(compileExpression('Collection == null')(onDatabase), true)
  t.equal(compileExpression('Collection != "orders"')(onDatabase), true)
})

const WRONG: Record<string, RegExp> = {
  'Collection == ': /line 1, column 15: Unexpected token: EOF/,
  'DB == "a" &&\n  Colection == "b"': /line 2, column 3: Unknown variable/,
  'Collection.nope()': /column 1: .*nope/,
  '1 + 1': /expected true or false, this is of type number/,
  'Collection.matches("(?=a)")': /regular expression .*cannot be used/,
  'Collection.matches(DB)': /a literal string as the only argument/,
  'Collection.matches(// matches\n"a")': /no comment may stand/,
}

/** Expressions that could hold for no record, by the types of its fields. */
const MISFITS = [
  'Duration + 1',
  'Operation',
  'DB.startsWith(1)',
  'startsWith(DB, "a")',
  'Operation > 5',
  'Operation == 5',
  'StartTime > "2026-01-01"',
  '!DB',
  '5 in [DB]',
  'DB in [5]',
  'DB && true',
]

t.test('types that never fit are an error', async t => {
  for (const expression of MISFITS)
    t.throws(() => compileExpression(expression), expression)
})

/** Null, numbers of every kind, and fields that hold anything. */
const FITS = [
  'Collection == null || Duration != null',
  '(Duration == null ? 0 : Duration) > 1',
  'PID in [1, 2.5] || PID in [1] || PID == 1u',
  'MatchedCount - 1 == InsertedCount && MatchedCount % 2 == 1',
  'Iteration == 0 || Iteration == "final" || ErrorCode == 11000',
  'Filter.a > 5 && Filter.a > "b" && Filter.b',
  'EndTime - StartTime > duration("1s")',
  'EndTime - StartTime != null',
  '3 in [MatchedCount, InsertedCount] || null in [DB, Collection]',
  'null in [StartTime, EndTime] || size(DB) in [MatchedCount]',
  '{"a": MatchedCount} == {"a": 3} || [MatchedCount].map(x, x + 1) == [4]',
]

t.test('types that may fit are none', async t => {
  for (const expression of FITS)
    t.doesNotThrow(() => compileExpression(expression), expression)
})

t.test('a wrong expression is an error that says where', async t => {
  for (const [expression, message] of Object.entries(WRONG)) {
    t.throws(() => compileExpression(expression), { message }, expression)
  }
})

t.test('code cannot be reached from an expression', async t => {
  for (const expression of [
    'Filter.constructor == null',
    'Filter["__proto__"] == null',
    'Collection.constructor == null',
    'Filter.toString == null',
  ]) {
    t.throws(() => compileExpression(expression)(slow), expression)
  }
})

t.test('matches() takes time that grows with the text only', async t => {
  const test = compileExpression('Collection.matches("^(a+)+$")')
  const hostile = auditRecord({ Collection: `${'a'.repeat(50_000)}!` })
  t.equal(test(hostile), false)
})

t.test('a record that it fails on is kept, or dropped if so asked', async t => {
  const when = 'Filter.nowhere == 1'
  const context = { clock: systemClock }
  const keep = createFilter('keep', { when }, context)
  t.equal(keep.apply(slow), slow)
  const drop = createFilter('drop', { when, exceptionResult: 'drop' }, context)
  t.equal(drop.apply(slow), false)
})
