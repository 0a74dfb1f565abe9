import t from 'tap'
import { addedFields, isPrivate } from '../../src/record/added-fields.ts'
import { finishedRecord } from '../fixtures/finished-record.ts'

t.test('what a filter added, but nothing private or absent', async t => {
  const record = Object.assign(finishedRecord(), {
    Team: 'web',
    'InsertedCount/s': 2.5,
    _note: 'private',
    Gone: undefined,
  })
  t.same(addedFields(record), [
    ['Team', 'web'],
    ['InsertedCount/s', 2.5],
  ])
  t.same(addedFields(finishedRecord()), [])
})

t.test('a name that begins with an underscore is private', async t => {
  t.equal(isPrivate('_level'), true)
  t.equal(isPrivate('DB'), false)
})
