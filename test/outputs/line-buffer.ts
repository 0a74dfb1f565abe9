import t from 'tap'
import { LineBuffer } from '../../src/outputs/line-buffer.ts'

function filled(count: number): LineBuffer {
  const buffer = new LineBuffer({
    maxRecords: count,
    maxBytes: 1_000_000,
    onFull: 'drop_old',
  })
  for (let i = 0; i < count; i++) buffer.push(`line ${i}`, `line ${i}`.length)
  return buffer
}

t.test('lines leave in the order they came', async t => {
  const buffer = filled(3)
  t.same(buffer.peek(1_000), ['line 0', 'line 1', 'line 2'])
  buffer.remove(1)
  t.equal(buffer.first, 'line 1')
  t.equal(buffer.length, 2)
  t.equal(buffer.bytes, 14)
})

t.test('a look takes at least one line, and about so many bytes', async t => {
  const buffer = filled(10)
  t.same(buffer.peek(1), ['line 0'])
  t.same(buffer.peek(8), ['line 0', 'line 1'])
  t.equal(buffer.peek(70).length, 10)
})

t.test('both bounds count, but not for the only line', async t => {
  const limits = { maxRecords: 2, maxBytes: 10, onFull: 'drop_old' } as const
  const buffer = new LineBuffer(limits)
  t.equal(buffer.isFullFor(1_000), false)
  buffer.push('abc', 3)
  t.equal(buffer.isFullFor(5), false)
  t.equal(buffer.isFullFor(6), true)
  buffer.push('a', 1)
  t.equal(buffer.isFullFor(1), true)
})

t.test('the second line can leave before the first', async t => {
  const buffer = filled(4)
  buffer.removeSecond()
  t.same(buffer.peek(1_000), ['line 0', 'line 2', 'line 3'])
  t.equal(buffer.bytes, 21)
  buffer.remove(2)
  buffer.removeSecond()
  t.same(buffer.peek(1_000), ['line 3'], 'unless there is none')
})

t.test('long use keeps neither lines nor order wrong', async t => {
  const buffer = filled(1_000)
  for (let i = 1_000; i < 10_000; i++) {
    buffer.push(`line ${i}`, `line ${i}`.length)
    if (i % 3 === 0) buffer.removeSecond()
    else buffer.remove(1)
  }
  t.equal(buffer.length, 1_000)
  const numbers = buffer.peek(1e9).map(line => Number(line.slice(5)))
  t.same(
    numbers,
    [...numbers].sort((a, b) => a - b),
  )
  t.equal(buffer.bytes, buffer.peek(1e9).join('\n').length + 1)
  buffer.remove(5_000)
  t.equal(buffer.length, 0)
  t.equal(buffer.bytes, 0)
})
