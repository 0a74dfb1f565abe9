import t from 'tap'
import { createFormatter } from '../../src/formatters/create-formatter.ts'
import { finishedRecord } from '../fixtures/finished-record.ts'

const CONTEXT = { defaultFields: () => ['DB' as const] }

t.test('the type chooses the formatter; without it, line', async t => {
  const format = (settings: object) =>
    createFormatter({ ...settings }, CONTEXT).format(finishedRecord())
  t.match(format({}), /DB='shop'$/)
  t.match(format({ type: 'line', format: '{watch.DB}' }), /^shop$/)
  t.equal(format({ type: 'csv', columns: ['DB'] }), 'shop')
  t.equal(JSON.parse(format({ type: 'json' })).DB, 'shop')
})

t.test('an unknown type is an error that names the known ones', async t => {
  t.throws(() => createFormatter({ type: 'xml' }, CONTEXT), {
    code: 'MONGOWATCH_FORMATTER',
    message: /^type: expected line, csv, json.*got xml$/,
  })
})
