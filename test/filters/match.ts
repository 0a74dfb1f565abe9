import fc from 'fast-check'
import t from 'tap'
import { compileMatch } from '../../src/filters/match.ts'
import { compileWithLibrary } from '../../src/filters/match-library.ts'
import { checkQuery } from '../../src/filters/match-query.ts'
import { compileSimpleQuery } from '../../src/filters/match-simple.ts'
import { auditRecord } from '../fixtures/audit-record.ts'

const record = auditRecord({
  DB: 'shop',
  Collection: 'payments',
  Operation: 'find',
  MatchedCount: 3,
  Filter: {
    _id: { $oid: '6926b3a0c0ffee0000000001' },
    amount: { $gt: 100 },
    views: { $numberLong: '9007199254740993' },
    price: { $numberDecimal: '12.50' },
    since: { $date: '2026-01-01T00:00:00Z' },
    tags: ['a', 'b'],
    lines: [
      { sku: 'x', n: 1 },
      { sku: 'y', n: 5 },
    ],
  },
})

const MATCHING = [
  {},
  { Collection: 'payments' },
  { Collection: 'payments', Operation: { $ne: 'estimatedDocumentCount' } },
  { DB: { $in: ['shop', 'crm'] }, Collection: { $nin: ['users'] } },
  { Session: null },
  { Session: { $exists: false } },
  { MatchedCount: { $gte: 3, $lt: 4 } },
  { 'Filter._id': { $oid: '6926b3a0c0ffee0000000001' } },
  { 'Filter._id': '6926b3a0c0ffee0000000001' },
  { 'Filter.amount.$gt': { $gt: 50 } },
  { 'Filter.views': { $gt: 3 } },
  { 'Filter.price': 12.5 },
  { 'Filter.since': { $lt: { $date: '2026-02-01T00:00:00Z' } } },
  { 'Filter.tags': 'b' },
  { 'Filter.tags': { $all: ['a', 'b'], $size: 2 } },
  { 'Filter.lines.sku': 'y' },
  { 'Filter.lines': { $elemMatch: { sku: 'y', n: { $gt: 4 } } } },
  { 'Filter.amount': { $type: 'object' } },
  { $or: [{ DB: 'crm' }, { Collection: { $regex: '^PAY', $options: 'i' } }] },
  { $nor: [{ DB: 'crm' }] },
  { Collection: { $not: { $regex: '^users' } } },
  { MatchedCount: { $mod: [2, 1] } },
  { Iteration: 'final' },
]

t.test('a record matches as a document would in MongoDB', async t => {
  for (const query of MATCHING) {
    t.equal(compileMatch(query)(record), true, JSON.stringify(query))
    const opposite = { $nor: [query] }
    t.equal(compileMatch(opposite)(record), false, JSON.stringify(opposite))
  }
})

const WRONG: [Record<string, unknown>, RegExp][] = [
  [{ $where: 'sleep(1000)' }, /\$where is not one of \$and, \$or, \$nor/],
  [{ $expr: { $eq: ['$DB', 'a'] } }, /\$expr is not one of/],
  [{ Collection: { $where: '1' } }, /Collection\.\$where is not one of \$eq/],
  [{ Collection: { $regular: 'a' } }, /Collection\.\$regular is not one of/],
  [{ Colection: 'a' }, /"Colection" is not a field of a record/],
  [{ Collection: { $in: 'a' } }, /Collection\.\$in: expected a list, got "a"/],
  [
    { Filter: { $elemMatch: { a: { $bad: 1 } } } },
    /Filter\.\$elemMatch\.a\.\$bad/,
  ],
  [{ Filter: { $not: 5 } }, /Filter\.\$not: expected a document of operators/],
  [{ $and: [{ DB: { $size: 'x' } }] }, /\$size: expected a whole number/],
  [{ Filter: { $type: 'objectId' } }, /expected one of number, double/],
  [{ DB: { $regex: '(?=a)' } }, /regular expression "\(\?=a\)" cannot be used/],
  [{ DB: { $regex: 'a', $options: 'x' } }, /option "x".*not one of i, m, s/],
  [{ $or: [] }, /\$or: expected a condition, got \[\]/],
  [{ PID: { $mod: [0, 1] } }, /\$mod: expected a divisor that is not 0/],
  [{ PID: { $mod: [2] } }, /\$mod: expected a divisor that is not 0/],
  [{ DB: { $exists: 'maybe' } }, /\$exists: expected true or false/],
  [{ 'Filter.__proto__.a': 1 }, /what every JavaScript object has/],
]

t.test('a wrong query is an error before any record comes', async t => {
  for (const [query, message] of WRONG) {
    t.throws(() => compileMatch(query), { message }, JSON.stringify(query))
  }
})

t.test('$regex takes time that grows with the text only', async t => {
  const test = compileMatch({ Collection: { $regex: '^(a+)+$' } })
  t.equal(test({ Collection: `${'a'.repeat(50_000)}!` }), false)
})

t.test('a document made to confuse does not', async t => {
  const hostile = JSON.parse(
    '{"constructor":{"name":1},"__proto__":{"a":1},"toString":5,"a":2}',
  )
  const test = compileMatch({ 'Filter.a': 2, Filter: { $ne: { b: 1 } } })
  t.equal(test({ Filter: hostile }), true)
})

t.test('values of whole fields are compared without the library', async t => {
  const standard = { DB: { $in: ['admin', 'local', 'config'] } }
  const test = compileSimpleQuery(checkQuery(standard).query)
  t.equal(test?.({ DB: 'admin' }), true)
  t.equal(test?.({ DB: 'shop' }), false)
  t.equal(compileSimpleQuery(checkQuery({ DB: { $gt: 'a' } }).query), undefined)
})

t.test('both ways of comparing agree', async () => {
  const value = fc.constantFrom('a', 'b', '', 1, 0, true, null, [], {}, ['a'])
  const expression = fc.oneof(
    value,
    fc.dictionary(fc.constantFrom('$eq', '$ne'), value),
    fc.dictionary(fc.constantFrom('$in', '$nin'), fc.array(value)),
  )
  const field = fc.constantFrom('DB', 'Collection', 'MatchedCount', 'Iteration')
  const fields = fc.dictionary(
    field,
    fc.constantFrom<unknown>('a', 'b', '', 1, 0, undefined),
  )
  fc.assert(
    fc.property(fc.dictionary(field, expression), fields, (query, fields) => {
      const checked = checkQuery(query)
      const simple = compileSimpleQuery(checked.query)
      const whole = compileWithLibrary(checked)
      return simple === undefined || simple(fields) === whole(fields)
    }),
    { numRuns: 2000 },
  )
})

t.test('$mod and $type choose what MongoDB chooses', async t => {
  const matching = (condition: object, values: readonly unknown[]) => {
    const test = compileMatch({ 'Filter.v': condition })
    return values.filter(v => test(auditRecord({ Filter: { v } })))
  }
  const values = [
    ...[10, -10, 10.9, [3, 5], { $numberLong: '15' }],
    ...['5', null, undefined, true, { $date: '1970-01-01T00:00:00Z' }, [[5]]],
    ...[7, Number.NaN, Infinity],
  ]
  t.same(matching({ $mod: [5, 0] }, values), values.slice(0, 5))
  t.same(matching({ $mod: [-4, -3] }, [-7, 7, -3.5]), [-7, -3.5])
  const of = (type: string, list: readonly unknown[]) =>
    matching({ $type: type }, list)
  t.same(of('number', [[5], 5, Number.NaN, '5', [[5]], null]), [
    ...[[5], 5, Number.NaN],
  ])
  t.same(of('string', ['a', ['a', 1], 1]), ['a', ['a', 1]])
  t.same(of('null', [null, [null], undefined, 0]), [null, [null]])
  t.same(of('array', [[], [1], 1]), [[], [1]])
  t.same(of('object', [{}, [{}], { $date: '1970-01-01T00:00:00Z' }, []]), [
    ...[{}, [{}]],
  ])
  t.same(of('int', [1, 1.5, 2 ** 31]), [1])
  t.same(of('long', [1, 1.5, 2 ** 31]), [1, 2 ** 31])
})
