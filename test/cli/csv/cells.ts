import t from 'tap'
import { iterationRank } from '../../../src/cli/csv/cells.ts'

const rank = (text: string) =>
  iterationRank(Buffer.from(`x${text}y`), 1, 1 + Buffer.byteLength(text))

t.test('later iterations rank higher', async t => {
  const order = [
    '0',
    '1',
    '2',
    '10',
    '4000000000',
    'final',
    'final(1)',
    'final(2)',
    'final(10)',
  ]
  for (const [i, text] of order.slice(1).entries()) {
    t.ok(rank(text) > rank(order[i] ?? ''), `${order[i]} < ${text}`)
  }
})

t.test('final(0) is final', async t => {
  t.equal(rank('final(0)'), rank('final'))
})

t.test('anything else has no rank', async t => {
  for (const text of [
    '',
    '-1',
    '1.5',
    '1 ',
    'Final',
    'fina',
    'finals',
    'final(',
    'final()',
    'final(x)',
    'final(1',
    'Iteration',
  ]) {
    t.equal(rank(text), -1, text)
  }
  t.equal(iterationRank(Buffer.from('1'), -1, -1), -1, 'no such cell')
})
