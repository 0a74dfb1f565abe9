import t from 'tap'
import { systemClock } from '../../src/clock.ts'
import { checkFilter, createFilter } from '../../src/filters/create-filter.ts'
import { auditRecord } from '../fixtures/audit-record.ts'

const context = { clock: systemClock }
const record = auditRecord({ Collection: 'orders', Filter: { a: 'secret' } })

t.test('the key of the settings says which filter it is', async t => {
  const keeping = [
    { when: 'Collection == "orders"' },
    { match: { Collection: 'orders' } },
    { sample: 1 },
    { sample: { rate: 1, by: 'Collection' } },
    { rate: { attributes: ['InsertedCount'] } },
  ]
  for (const settings of keeping) {
    t.equal(createFilter('a', settings, context).apply(record), record)
  }
  t.match(createFilter('a', { mask: null }, context).apply(record), {
    Filter: { a: 'xxxxxx' },
  })
  const rules = [{ keys: ['a'], action: 'type' }]
  t.match(createFilter('a', { redact: { rules } }, context).apply(record), {
    Filter: { a: '?string' },
  })
  const fields = { constant: { Environment: 'test' } }
  t.match(createFilter('a', { fields }, context).apply(record), {
    Environment: 'test',
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
