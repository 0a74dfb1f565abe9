import { deepStrictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import papaparse from 'papaparse'
import t from 'tap'
import {
  INCOMPLETE,
  MALFORMED,
  RowSplitter,
} from '../../../src/cli/csv/row-splitter.ts'

/** Every row's first two cells, their quotes undone, and its width. */
function splitAll(text: string, delimiter: string): (string | number)[][] {
  const bytes = Buffer.from(text)
  const splitter = new RowSplitter(delimiter, [0, 1])
  const rows: (string | number)[][] = []
  for (let at = 0; at < bytes.length; ) {
    const end = splitter.split(bytes, at, bytes.length, true)
    const cell = (i: number) =>
      bytes
        .subarray(splitter.starts[i], splitter.ends[i])
        .toString()
        .replaceAll('""', '"')
    const wide = splitter.columns > 1
    rows.push([cell(0), wide ? cell(1) : '', splitter.columns])
    at = end
  }
  return rows
}

const text = fc.string({
  unit: fc.constantFrom('a', 'é', '"', ',', '\t', '\n', '\r', ' ', '7'),
})
const table = fc.array(fc.array(text, { minLength: 1, maxLength: 4 }), {
  minLength: 1,
})

t.test('what papaparse writes is found again, cell by cell', async t => {
  const property = fc.property(
    table,
    fc.constantFrom(',', '\t'),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
    (rows, delimiter, newline, quoteAll) => {
      // RFC 4180 knows no quote in an unquoted cell, so such cells are quoted
      const quotes = quoteAll ? true : (value: string) => /["\r]/.test(value)
      const csv =
        papaparse.unparse(rows, { delimiter, newline, quotes }) + newline
      const expected = papaparse
        .parse<string[]>(csv, { delimiter, newline })
        .data.slice(0, -1) // what follows the last line end
        .map(row => [row[0] ?? '', row[1] ?? '', row.length])
      deepStrictEqual(splitAll(csv, delimiter), expected)
    },
  )
  t.doesNotThrow(() => fc.assert(property, { numRuns: 2000 }))
})

t.test('a row that is cut anywhere is incomplete', async t => {
  const row = Buffer.from('"a""b",c,"d\ne"\r\n')
  const splitter = new RowSplitter(',', [0, 1])
  for (let end = 0; end < row.length; end++) {
    t.equal(splitter.split(row, 0, end, false), INCOMPLETE, `${end} bytes`)
  }
  t.equal(splitter.split(row, 0, row.length, false), row.length)
})

t.test('at the end of the input a row needs no line end', async t => {
  const splitter = new RowSplitter(',', [0, 1])
  for (const row of ['a,b', 'a,"b"', 'a,"b"\r', '"a",', 'a']) {
    t.equal(
      splitter.split(Buffer.from(row), 0, row.length, true),
      row.length,
      row,
    )
  }
  t.equal(splitter.split(Buffer.from('a,"b'), 0, 4, true), INCOMPLETE)
})

t.test('text after a closing quote is malformed', async t => {
  const splitter = new RowSplitter(',', [0, 1])
  for (const row of ['"a"b,c\n', '"a" ,c\n', 'a,"b"\rc\n']) {
    t.equal(
      splitter.split(Buffer.from(row), 0, row.length, true),
      MALFORMED,
      row,
    )
  }
})

t.test('a quote inside an unquoted cell is an ordinary character', async t => {
  t.same(splitAll('a"b,c"\nd,e\n', ','), [
    ['a"b', 'c"', 2],
    ['d', 'e', 2],
  ])
})

t.test('a carriage return belongs to the line end only before it', async t => {
  t.same(splitAll('a\r,b\r\n', ','), [['a\r', 'b', 2]])
})
