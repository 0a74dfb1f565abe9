import { decode } from '@jclem/logfmt2'
import fc from 'fast-check'
import t from 'tap'
import { createLogfmtFormatter } from '../../src/formatters/logfmt.ts'
import { anyRecord } from '../fixtures/any-record.ts'
import { finishedRecord } from '../fixtures/finished-record.ts'

const { format } = createLogfmtFormatter()

t.test('key=value, quoted where needed', async t => {
  t.equal(
    format(finishedRecord({ DB: 'my shop' })),
    'level=info logger=mongowatch.collection WatchID=65a7f0b1c0ffee0000000001 Iteration=final StartTime=2026-11-25T01:02:03.456Z EndTime=2026-11-25T01:02:03.460Z DB="my shop" Collection=orders Operation=findOne Filter="{\\"status\\":\\"paid\\"}" Duration=0.0041 MatchedCount=1 Outcome=success',
  )
})

t.test('an independent parser reads it back', async t => {
  const read = decode(format(finishedRecord({ DB: 'a "b" = c', AppName: '' })))
  t.equal(read.DB, 'a "b" = c')
  t.equal(read.Collection, 'orders')
  t.equal(read.Filter, '{"status":"paid"}')
})

t.test('whatever the record, the line has the grammar of logfmt', async () => {
  const grammar =
    /^(?:[!#-<>-~]+=(?:[!#-<>-[\]-~]+|"(?:[^"\\]|\\.)*")(?: (?=[!#-~])|$))+$/
  fc.assert(
    fc.property(anyRecord(), record => grammar.test(format(record))),
    { numRuns: 400 },
  )
})
