import { deepStrictEqual } from 'node:assert/strict'
import { closeSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { lastLines } from '../../../src/cli/tail/last-lines.ts'

const file = join(t.testdir({}), 'file')

function end(text: string, count: number, isWanted = (_: string) => true) {
  writeFileSync(file, text)
  const descriptor = openSync(file, 'r')
  const found = lastLines(descriptor, count, isWanted)
  closeSync(descriptor)
  return found
}

t.test('the last lines of any text, and where they end', async t => {
  const line = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '\r') })
  const property = fc.property(
    fc.array(line),
    line,
    fc.nat(5),
    (whole, last, count) => {
      const text = whole.map(each => `${each}\n`).join('')
      deepStrictEqual(end(text + last, count), {
        lines: count === 0 ? [] : whole.slice(-count),
        offset: Buffer.byteLength(text),
        rest: last,
      })
    },
  )
  t.doesNotThrow(() => fc.assert(property, { numRuns: 300 }))
})

t.test('lines longer than what is read at once, and many lines', async t => {
  const long = 'é'.repeat(100_000)
  t.same(end(`a\n${long}\nb\n`, 2).lines, [long, 'b'])
  t.same(end('x\n'.repeat(200_000), 150_000).lines.length, 150_000)
})

t.test('only lines that are wanted count', async t => {
  const found = end('a1\nb\na2\nb\na3\nb\n', 2, line => line.startsWith('a'))
  t.same(found.lines, ['a2', 'a3'])
})
