import { equal } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import {
  appendBlock,
  lineEndOf,
  removeBlocks,
  replaceRange,
} from '../../../src/cli/install-mask/marked-block.ts'

const line = fc.constantFrom(
  '',
  'a',
  ' b: c',
  '# d',
  'é\\x',
  '"e',
  '# was: f',
  '\t',
)
const end = fc.constantFrom('\n', '\r\n')
const text = fc
  .tuple(fc.array(fc.tuple(line, end)), line, fc.boolean())
  .map(([lines, last]) => lines.map(([l, e]) => l + e).join('') + last)
const lineEnd = fc.constantFrom<'\n' | '\r\n'>('\n', '\r\n')
const comment = fc.constantFrom('#', '//')

t.test('what is appended is taken away without a trace', async t => {
  const property = fc.property(text, lineEnd, comment, (before, end, mark) => {
    const style = { comment: mark, lineEnd: end }
    const after = appendBlock(before, ['x', 'y'], style)
    equal(removeBlocks(after, mark), before)
    equal(after.startsWith(before), true)
  })
  t.doesNotThrow(() => fc.assert(property, { numRuns: 1000 }))
})

t.test('whole lines that are replaced come back', async t => {
  const numbers = fc.tuple(fc.nat(20), fc.nat(20))
  const property = fc.property(
    text,
    lineEnd,
    numbers,
    fc.constantFrom('', '  '),
    (before, end, [from, count], indent) => {
      const starts = [...before.matchAll(/^/gm)].map(match => match.index)
      const all = starts.filter(at => at === 0 || before[at - 1] === '\n')
      const begin = all[Math.min(from, all.length - 1)] ?? 0
      const stop = all[from + count] ?? before.length
      const style = { comment: '#', indent, lineEnd: end }
      const after = replaceRange(
        before,
        begin,
        Math.max(begin, stop),
        ['x'],
        style,
      )
      equal(removeBlocks(after, '#'), before)
    },
  )
  t.doesNotThrow(() => fc.assert(property, { numRuns: 2000 }))
})

t.test('a file that was new is gone again, an empty one stays', async t => {
  const style = { comment: '#' }
  t.equal(removeBlocks(appendBlock(undefined, ['x'], style), '#'), undefined)
  t.equal(removeBlocks(appendBlock('', ['x'], style), '#'), '')
  const more = `${appendBlock(undefined, ['x'], style)}later\n`
  t.equal(removeBlocks(more, '#'), 'later\n')
})

t.test('what is written below afterwards stays on its own line', async t => {
  const after = `${appendBlock('a', ['x'], { comment: '#' })}b`
  t.equal(removeBlocks(after, '#'), 'a\nb')
})

t.test('a block whose end is gone is left alone', async t => {
  t.throws(() => removeBlocks('a\n# >>> mongowatch >>>\nx\n', '#'), {
    message: /^line 2 begins what mongowatch wrote, but the line that ends it/,
  })
})

t.test('what was changed between the marks is not thrown away', async t => {
  const after = replaceRange('a: 1\n', 0, 5, ['a: 2'], { comment: '#' })
  for (const changed of [
    after.replace('\na: 2', '\na: 3'),
    after.replace('\na: 2', '\na: 2\nb: 1'),
    after.replace('was: a: 1', 'was: a: 9'),
    appendBlock('x\n', ['a', 'b'], { comment: '#' }).replace('b\n', 'b\nc\n'),
  ])
    t.throws(() => removeBlocks(changed, '#'), {
      message: /^what mongowatch wrote .* was changed since; keep/,
    })
  const moved = after.replaceAll(/^/gm, '  ').replaceAll('\n', '\r\n')
  t.match(removeBlocks(moved, '#'), /^a: 1/, 'indented, other line ends')
})

t.test('a last line that goes on is not appended to', async t => {
  t.throws(() => appendBlock('a \\\n', ['x'], { comment: '#' }), {
    message: 'its last line ends with a backslash',
  })
})

t.test('the line end of most lines', async t => {
  t.equal(lineEndOf('a\r\nb\r\nc\n'), '\r\n')
  t.equal(lineEndOf('a\r\nb\n'), '\n')
  t.equal(lineEndOf(''), '\n')
})
