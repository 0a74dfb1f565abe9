import t from 'tap'
import { createMask } from '../../src/filters/mask.ts'
import { HIDDEN } from '../../src/filters/mask-value.ts'
import { auditRecord, deepFreeze } from '../fixtures/audit-record.ts'

t.test('values are hidden, keys, operators and lengths stay', async t => {
  const record = deepFreeze(
    auditRecord({
      Filter: { email: 'a@b.c', age: { $gt: 30 }, ok: true, none: null },
      Update: [{ $set: { 'card.no': '4111', n: { $numberLong: '99' } } }],
      Options: { limit: 5 },
    }),
  )
  const masked = createMask('mask', {}).apply(record)
  t.match(masked, {
    Filter: { email: 'xxxxx', age: { $gt: 0 }, ok: false, none: null },
    Update: [{ $set: { 'card.no': 'xxxx', n: { $numberLong: '0' } } }],
    Options: { limit: 5 },
  })
})

t.test('any field that holds text or documents can be named', async t => {
  const record = auditRecord({ DBUser: 'alice', Filter: { a: 'b' } })
  const masked = createMask('mask', { fields: ['DBUser'] }).apply(record)
  t.match(masked, { DBUser: 'xxxxx', Filter: { a: 'b' } })
})

t.test('the values that a message quotes are hidden too', async t => {
  const record = auditRecord({
    ErrorMessage:
      'E11000 duplicate key error collection: shop.users index: email_1 dup key: { email: "a@b.c", n: 17, _id: ObjectId(\'6926\') }',
  })
  const masked = createMask('mask', {}).apply(record)
  t.match(masked, {
    ErrorMessage:
      'E11000 duplicate key error collection: shop.users index: email_1 dup key: { email: "xxxxx", n: 0, _id: ObjectId(\'xxxx\') }',
  })
})

t.test('a field that cannot be masked holds only a mark', async t => {
  const hostile = Object.defineProperty({}, 'a', {
    enumerable: true,
    get: () => {
      throw new Error('no')
    },
  })
  const record = auditRecord({ Filter: hostile, Update: { a: 'secret' } })
  const masked = createMask('mask', {}).apply(record)
  t.match(masked, { Filter: HIDDEN, Update: { a: 'xxxxxx' } })
})

t.test('a key named __proto__ stays a key', async t => {
  const record = auditRecord({ Filter: JSON.parse('{"__proto__":{"a":"b"}}') })
  const masked = createMask('mask', {}).apply(record) || record
  t.equal(JSON.stringify(masked.Filter), '{"__proto__":{"a":"x"}}')
})

t.test('what tells records apart cannot be masked', async t => {
  const create = (field: string) => () => createMask('m', { fields: [field] })
  t.throws(create('WatchID'), /WatchID cannot be hidden/)
  t.throws(create('Duration'), /Duration cannot be hidden/)
  t.throws(create('Fliter'), /"Fliter" is not a field of a record/)
})
