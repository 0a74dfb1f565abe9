import fc from 'fast-check'
import parse from 'nsyslog-parser'
import t from 'tap'
import { createCefFormatter } from '../../src/formatters/cef.ts'
import { packageVersion } from '../../src/package.ts'
import { anyRecord } from '../fixtures/any-record.ts'
import { finishedRecord } from '../fixtures/finished-record.ts'
import { fullRecord } from '../fixtures/full-record.ts'

const { format } = createCefFormatter()

t.test('header and extension', async t => {
  t.equal(
    format(finishedRecord({ Host: 'web-1', Server: 'db:27017' })),
    `CEF:0|mongowatch|mongowatch|${packageVersion()}|findOne|findOne shop.orders|3|rt=1795568523460 start=1795568523456 end=1795568523460 act=findOne outcome=success externalId=65a7f0b1c0ffee0000000001 shost=web-1 dhost=db dpt=27017 cs1=shop cs1Label=DB cs2=orders cs2Label=Collection cs3=final cs3Label=Iteration cs4={"status":"paid"} cs4Label=Filter cn1=1 cn1Label=MatchedCount cfp1=0.0041 cfp1Label=DurationSeconds`,
  )
})

t.test('a failure is more severe and says why', async t => {
  const made = format(fullRecord())
  t.match(made, /\|6\|/)
  t.match(made, ' reason=11000 msg=E11000 duplicate key error ')
  t.match(made, ' suser=web ')
})

t.test('a pipe in the header, an equals sign in the extension', async t => {
  const made = format(finishedRecord({ DB: 'a|b=c\\d', Operation: 'x|y' }))
  t.match(made, '|x\\|y|x\\|y a\\|b=c\\\\d.orders|')
  t.match(made, ' cs1=a|b\\=c\\\\d ')
})

t.test('src is an address or nothing', async t => {
  t.match(format(fullRecord({ RemoteAddress: '::1' })), ' src=::1 ')
  t.notMatch(format(fullRecord({ RemoteAddress: 'x' })), ' src=')
})

t.test('an independent parser reads it back', async t => {
  const read = parse(format(fullRecord()), {
    cef: true,
  })
  t.equal(read.type, 'CEF')
  t.match(read.cef, { deviceVendor: 'mongowatch', severity: '6' })
  t.match(read.fields, { act: 'updateMany', suser: 'web', dpt: '27018' })
})

t.test('whatever the record, the line has the grammar of CEF', async () => {
  const grammar =
    /^CEF:0\|mongowatch\|mongowatch\|[\d.]+\|(?:[^|\\]|\\.)*\|(?:[^|\\]|\\.)*\|[36]\|(?:\w+=(?:[^=\\]|\\.)*(?: (?=\w+=)|$))*$/
  fc.assert(
    fc.property(anyRecord(), record => grammar.test(format(record))),
    { numRuns: 400 },
  )
})

t.test('options and what filters added', async t => {
  const record = Object.assign(fullRecord(), { Team: 'web' })
  t.match(format(record), ' cs6={"upsert":true} cs6Label=Options ')
  t.match(format(record), ' flexString1={"Team":"web"} flexString1Label=Added ')
})
