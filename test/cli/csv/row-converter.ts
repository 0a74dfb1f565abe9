import { strictEqual } from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import t from 'tap'
import { DIALECTS } from '../../../src/cli/csv/dialect.ts'
import { RowConverter } from '../../../src/cli/csv/row-converter.ts'

function convert(row: string, name: string): string {
  const dialect = DIALECTS[name]
  if (dialect === undefined) throw new Error(name)
  const bytes = Buffer.from(row, 'latin1')
  return Buffer.from(new RowConverter(dialect).convert(bytes)).toString(
    'latin1',
  )
}

t.test('quotes are where the dialect wants them', async t => {
  t.equal(convert('a,,"b c",d"e\n', 'excel'), 'a,,b c,"d""e"\r\n')
  t.equal(convert('a,,"b,""c""",', 'excel'), 'a,,"b,""c""",\r\n')
  t.equal(convert('a,,"b"\r\n', 'unix'), '"a","","b"\n')
  t.equal(convert(',,,', 'unix'), '"","","",""\n')
  t.equal(convert('a,b\t"c,d"\n', 'excel-tab'), 'a,b\tc,d\r\n')
  t.equal(convert('"x\r\ny","z"', 'excel'), '"x\r\ny",z\r\n')
})

const PYTHON = `
import csv, json, sys
dialect = sys.argv[1]
for row in json.load(sys.stdin):
    csv.writer(sys.stdout, dialect).writerow(row)
`

const cell = fc.string({
  unit: fc.constantFrom('a', '"', ',', '\n', '\r', '{', '\t', ' ', ';'),
  maxLength: 6,
})

for (const name of Object.keys(DIALECTS)) {
  t.test(`${name} is what Python's csv module writes`, async t => {
    const rows = fc.sample(fc.array(cell, { minLength: 2, maxLength: 5 }), 500)
    const { stdout } = spawnSync('python3', ['-c', PYTHON, name], {
      input: JSON.stringify(rows),
      encoding: 'latin1',
    })
    const delimiter = DIALECTS[name]?.delimiter ?? ''
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    const ours = rows.map(row => convert(row.map(quoted).join(delimiter), name))
    t.doesNotThrow(() => strictEqual(ours.join(''), stdout))
  })
}
