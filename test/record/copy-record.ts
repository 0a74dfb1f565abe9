import t from 'tap'
import { AuditRecord, copyRecord } from '../../src/record/record.ts'

function numbered(): AuditRecord {
  const record = new AuditRecord('', '', '', new Date(0))
  Object.keys(record).forEach((name, i) => {
    Reflect.set(record, name, `value ${i}`)
  })
  return record
}

t.test('a copy has every field and shares none', async t => {
  const record = numbered()
  const copy = copyRecord(record)
  t.strictSame({ ...copy }, { ...record })
  t.type(copy, AuditRecord)
  copy.DB = 'other'
  t.not(record.DB, 'other')
})

t.test('a copy has what filters added, in the same order', async t => {
  const record = Object.assign(numbered(), {
    'InsertedCount/s': 3,
    Tenant: 'a',
  })
  const copy = copyRecord(record)
  t.strictSame(Object.entries(copy), Object.entries(record))
})
