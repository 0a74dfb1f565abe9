import { deepStrictEqual } from 'node:assert/strict'
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import papaparse from 'papaparse'
import t from 'tap'
import { aggregate } from '../../../src/cli/csv/aggregate.ts'
import { DIALECTS } from '../../../src/cli/csv/dialect.ts'
import { RowConverter } from '../../../src/cli/csv/row-converter.ts'
import { RowWriter } from '../../../src/cli/csv/row-writer.ts'
import { openFile } from '../../../src/cli/csv/source.ts'

const folder = t.testdir({})
const HEADER = ['WatchID', 'Iteration', 'Filter', 'DB']

/** What the rows of the files become, as text. */
async function run(files: readonly string[], dialect?: string) {
  const sources = files.map((text, index) => {
    const name = join(folder, `${index}.csv`)
    writeFileSync(name, text)
    return openFile(name)
  })
  const out: Buffer[] = []
  const progress: number[] = []
  const chosen = DIALECTS[dialect ?? '']
  const writer = new RowWriter(bytes => {
    out.push(Buffer.from(bytes))
    return undefined
  }, chosen && new RowConverter(chosen))
  const choice = {
    delimiter: chosen?.delimiter,
    watchId: undefined,
    iteration: undefined,
  }
  const report = await aggregate(sources, choice, writer, {
    bad: (name, offset, reason) => {
      throw new Error(`${name} ${offset} ${reason}`)
    },
    progress: fraction => progress.push(fraction),
  })
  for (const source of sources) source.close()
  return { text: Buffer.concat(out).toString(), report, progress }
}

t.test('the progress of both passes is told', async t => {
  const { progress } = await run([`a,0,${'x'.repeat(1000)}\n`.repeat(20_000)])
  t.ok(
    progress.some(each => each > 0.2 && each < 0.4),
    `${progress}`,
  )
})

const ITERATIONS = ['0', '1', '2', 'final', 'final(1)', 'final(3)']

/** The plain way to say the same: the newest row of each WatchID. */
function oracle(rows: readonly string[][]): string[][] {
  const newest = new Map<string, string[]>()
  const rank = (row: string[] | undefined) => ITERATIONS.indexOf(row?.[1] ?? '')
  for (const row of rows) {
    const id = row[0] ?? ''
    if (!newest.has(id) || rank(row) >= rank(newest.get(id))) {
      newest.set(id, row)
    }
  }
  return [...newest.values()]
}

const text = fc.string({
  unit: fc.constantFrom('a', '"', ',', '\n', '\r', 'é', '{', '\t', ' '),
})
const id = fc.constantFrom('6745ab000000000000000001', 'q,1', 'x "y"', 'z')
const row = fc.tuple(id, fc.constantFrom(...ITERATIONS), text, text)
const files = fc.array(fc.array(row), { minLength: 1, maxLength: 3 })

for (const dialect of [undefined, 'excel', 'unix', 'excel-tab']) {
  t.test(`any rows, written as ${dialect ?? 'they stand'}`, async t => {
    const delimiter = dialect === 'excel-tab' ? '\t' : ','
    const property = fc.asyncProperty(
      files,
      fc.boolean(),
      async (all, hasEnd) => {
        const texts = all.map(rows => {
          const data = [HEADER, ...rows]
          // cells are quoted: a bare carriage return ends a line for papaparse
          const csv = papaparse.unparse(data, {
            delimiter,
            newline: '\n',
            quotes: true,
          })
          return hasEnd ? `${csv}\n` : csv
        })
        const { text, report } = await run(texts, dialect)
        const { data } = papaparse.parse<string[]>(text, {
          delimiter,
          newline:
            DIALECTS[dialect ?? 'unix']?.lineEnd === '\r\n' ? '\r\n' : '\n',
        })
        const expected = [HEADER, ...oracle(all.flat())]
        deepStrictEqual(data.slice(0, -1), expected)
        deepStrictEqual(report, {
          rows: all.flat().length,
          badRows: 0,
          operations: expected.length - 1,
        })
      },
    )
    await t.resolves(fc.assert(property, { numRuns: 300 }))
  })
}

t.test('what is added meanwhile is not looked at', async t => {
  const name = join(t.testdir({}), 'live.csv')
  const old = 'WatchID,Iteration,X\nw,0,a\nw,1,b\n'
  writeFileSync(name, old)
  const source = openFile(name)
  appendFileSync(name, 'live,0,x\n'.repeat(1000))
  let out = ''
  const writer = new RowWriter(bytes => {
    out += Buffer.from(bytes).toString()
    return undefined
  })
  const choice = {
    delimiter: undefined,
    watchId: undefined,
    iteration: undefined,
  }
  await aggregate([source], choice, writer, {
    bad: (_name, _offset, reason) => t.fail(reason),
    progress: () => undefined,
  })
  source.close()
  t.equal(out, 'WatchID,Iteration,X\nw,1,b\n')
})

t.test('headers are the same in quotes or without', async t => {
  const quoted = '"WatchID","Iteration","X"\n"a","0","1"\n'
  t.match((await run([quoted, 'WatchID,Iteration,X\na,1,2\n'])).text, 'a,1,2\n')
  const others = [
    'WatchID,Iteration,Y\na,1,2\n',
    'WatchID\tIteration\tX\na\t1\t2\n',
  ]
  for (const other of others)
    await t.rejects(run([quoted, other]), /its columns are not those of/)
})
