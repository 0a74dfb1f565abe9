import { styleText } from 'node:util'
import t from 'tap'
import { formatHeader, formatRow } from '../../../src/cli/demo/row.ts'
import type { Paint } from '../../../src/cli/paint.ts'

const plain: Paint = (_style, text) => text
const record = {
  Collection: 'orders',
  Operation: 'estimatedDocumentCount',
  Duration: 0.0042,
  MatchedCount: 450,
  Filter: { status: { $in: ['open', 'paid', 'sent', 'lost', 'returned'] } },
  Outcome: 'success',
}

t.test('a row is never wider than the terminal', async t => {
  for (const width of [30, 39, 40, 59, 60, 80, 99, 100, 101, 200]) {
    for (const text of [
      formatRow(record, { paint: plain, width }),
      formatHeader({ paint: plain, width }),
    ])
      t.ok(text.length <= Math.max(width, 40), `${width}: ${text.length}`)
  }
})

t.test('columns stand below each other', async t => {
  const style = { paint: plain, width: 100 }
  const short = { ...record, Operation: 'find', Filter: { a: 1 } }
  const starts = [record, short].map(each =>
    formatRow(each, style).indexOf('{'),
  )
  t.equal(starts[0], starts[1])
  t.equal(formatHeader(style).indexOf('FILTER'), starts[0])
  t.equal(
    formatHeader(style).indexOf('RESULT'),
    formatRow(record, style).indexOf('450'),
  )
})

t.test('without a terminal nothing is cut', async t => {
  const style = { paint: plain, width: Number.POSITIVE_INFINITY }
  t.match(formatRow(record, style), '"returned"')
})

t.test('the mark says how it ended', async t => {
  const style = { paint: plain, width: 80 }
  const mark = (Outcome: string) => formatRow({ ...record, Outcome }, style)[0]
  t.equal(mark('success'), '✓')
  t.equal(mark('failure'), '✗')
  t.equal(mark('unknown'), '…')
})

t.test('a failure is red, what is slow is yellow', async t => {
  process.env.FORCE_COLOR = '1'
  const style = { paint: styleText as Paint, width: 100 }
  const failed = {
    ...record,
    Outcome: 'failure',
    ErrorMessage: 'no',
    Duration: 0.2,
  }
  t.match(formatRow(failed, style), '\x1b[31m✗')
  t.match(formatRow(failed, style), '\x1b[33m200.0 ms')
  t.match(formatRow(record, style), '\x1b[32m✓')
})
