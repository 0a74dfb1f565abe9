import { parse } from 'csv-parse/sync'
import t from 'tap'
import { createCsvFormatter } from '../../src/formatters/csv.ts'
import { FIELD_NAMES } from '../../src/record/fields.ts'
import { finishedRecord } from '../fixtures/finished-record.ts'

t.test('all fields in their order, empty where unknown', async t => {
  const { format, header } = createCsvFormatter({})
  t.equal(header, FIELD_NAMES.join(','))
  t.equal(
    format(finishedRecord()),
    '65a7f0b1c0ffee0000000001,final,2026-11-25 01:02:03.456000,2026-11-25 01:02:03.460000,shop,orders,findOne,"{""status"":""paid""}",0.0041,1,,,,,success,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,',
  )
})

t.test('columns of one’s own; * is all that are not named', async t => {
  const some = createCsvFormatter({
    columns: ['Seq', 'levelname', 'DB', 'name'],
  })
  t.equal(some.header, 'Seq,levelname,DB,name')
  t.equal(
    some.format(finishedRecord({ Seq: 7 })),
    '7,INFO,shop,mongowatch.collection',
  )
  const rest = createCsvFormatter({ columns: ['DB', '*', 'Seq'] })
  t.equal(rest.header?.split(',').length, FIELD_NAMES.length)
  t.match(rest.header, /^DB,WatchID,.*,Suppressed,Seq$/)
})

t.test('a column may be asked for twice, a private one never', async t => {
  const { format, header } = createCsvFormatter({
    columns: ['DB', '_level', 'DB', 'WatcherName'],
  })
  t.equal(header, 'DB,DB,WatcherName')
  t.equal(format(finishedRecord()), 'shop,shop,mongowatch.collection')
})

t.test('the header can be left out', async t => {
  t.equal(createCsvFormatter({ header: false }).header, undefined)
})

t.test('cells that a spreadsheet would run begin with a quote', async t => {
  const { format } = createCsvFormatter({ columns: ['DB'] })
  const cells = ['=1+1', '+1', '-1', '@x', '＝1', "'=1"]
  cells.push('\ufeff=1', ' =1', '\u00a0\u200b+1', "' =1", " '@x")
  for (const cell of cells)
    t.equal(format(finishedRecord({ DB: cell })), `'${cell}`)
  t.equal(format(finishedRecord({ DB: "it's" })), "it's")
  const keep = createCsvFormatter({ columns: ['DB'], formulas: 'keep' })
  t.equal(keep.format(finishedRecord({ DB: '=1+1' })), '=1+1')
})

t.test('numbers are exempt', async t => {
  const { format } = createCsvFormatter({ columns: ['ErrorCode', 'Duration'] })
  t.equal(format(finishedRecord({ ErrorCode: -3, Duration: 1e-7 })), '-3,1e-7')
})

t.test('dialects', async t => {
  const columns = ['DB', 'Collection', 'Seq']
  const record = finishedRecord({ DB: 'a,b', Collection: 'c\td' })
  const row = (dialect: 'excel' | 'excel-tab' | 'unix') =>
    createCsvFormatter({ columns, dialect }).format(record)
  t.equal(row('excel'), '"a,b",c\\u0009d,')
  t.equal(row('excel-tab'), '"a,b"\tc\\u0009d\t')
  t.equal(row('unix'), '"a,b","c\\u0009d",""')
})

t.test('an independent parser reads the row back', async t => {
  const { format, header } = createCsvFormatter({})
  const record = finishedRecord({
    DB: 'a "quoted", name',
    Filter: { text: 'x,"y"\n' },
    ErrorMessage: 'semicolon; and more',
  })
  const [row] = parse<Record<string, string>>(
    `${header}\n${format(record)}\n`,
    { columns: true },
  )
  t.equal(row?.DB, record.DB)
  t.equal(row?.ErrorMessage, record.ErrorMessage)
  t.same(JSON.parse(row?.Filter ?? ''), record.Filter)
})
