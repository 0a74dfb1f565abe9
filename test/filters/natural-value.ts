import t from 'tap'
import { naturalValue } from '../../src/filters/natural-value.ts'

t.test('BSON values are what a person would write', async t => {
  const natural = naturalValue({
    id: { $oid: '6926b3a0c0ffee0000000001' },
    at: { $date: '2026-11-25T01:02:03.456Z' },
    before: { $date: { $numberLong: '-62135596800000' } },
    long: { $numberLong: '9007199254740993' },
    decimal: { $numberDecimal: '12.50' },
    infinite: { $numberDouble: 'Infinity' },
    uuid: { $uuid: '3b241101-e2bb-4255-8caf-4136c566a962' },
    list: [{ $numberInt: '7' }, 'text', null, true],
  })
  t.strictSame(natural, {
    id: '6926b3a0c0ffee0000000001',
    at: new Date('2026-11-25T01:02:03.456Z'),
    before: new Date(-62135596800000),
    long: 9007199254740992,
    decimal: 12.5,
    infinite: Infinity,
    uuid: '3b241101-e2bb-4255-8caf-4136c566a962',
    list: [7, 'text', null, true],
  })
})

t.test('operators and other documents stay documents', async t => {
  const value = {
    age: { $gt: 5 },
    pair: { $oid: 'a', b: 1 },
    own: { $oid: ['a'] },
  }
  t.strictSame(naturalValue(value), value)
})

t.test('a key that every object has is left out', async t => {
  const hostile = JSON.parse('{"__proto__":{"a":1},"constructor":2,"name":3}')
  t.strictSame(naturalValue(hostile), { name: 3 })
})
