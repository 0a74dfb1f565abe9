import t from 'tap'
import { systemClock } from '../../src/clock.ts'
import {
  checkFilter,
  createFilter,
  createFilterOrStandIn,
} from '../../src/filters/create-filter.ts'
import { auditRecord } from '../fixtures/audit-record.ts'

const context = { clock: systemClock }
const record = auditRecord({ Collection: 'orders', Filter: { a: 'secret' } })

t.test('the key of the settings says which filter it is', async t => {
  const keeping = [
    { when: 'Collection == "orders"' },
    { match: { Collection: 'orders' } },
    { sample: 1 },
    { sample: { rate: 1, by: 'Collection' } },
  ]
  for (const settings of keeping) {
    t.equal(createFilter('a', settings, context).apply(record), record)
  }
  t.match(createFilter('a', { mask: null }, context).apply(record), {
    Filter: { a: 'xxxxxx' },
  })
})

t.test('an error names the filter, its kind and the mistake', async t => {
  t.equal(
    checkFilter('slow', { when: 'Duration > ' }, context),
    'the filter slow (when): line 1, column 12: Unexpected token: EOF',
  )
  t.match(checkFilter('none', {}, context), /^the filter none has none of when/)
  t.equal(checkFilter('fine', { sample: 0.5 }, context), undefined)
})

t.test('in place of a filter that cannot be made nothing leaks', async t => {
  const wrong = { mask: { fields: ['Nowhere'] } }
  const standIn = createFilterOrStandIn('private', wrong, context)
  t.match(standIn.apply(record), { Filter: { a: 'xxxxxx' } })
})

t.test('in place of a choice that cannot be made all is kept', async t => {
  const standIn = createFilterOrStandIn('slow', { when: 'Duraton' }, context)
  t.equal(standIn.apply(record), record)
})
