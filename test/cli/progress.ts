import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { commandLine } from '../fixtures/command-line.ts'
import { inTerminal } from '../fixtures/terminal.ts'

t.test('a terminal sees a bar, a pipe does not', async t => {
  const cwd = t.testdir({})
  const rows = Array.from(
    { length: 50_000 },
    (_, i) => `id-${i},0,${'x'.repeat(50)}\n`,
  )
  writeFileSync(join(cwd, 'a.csv'), rows.join(''))
  const args = ['aggregate', 'a.csv', '-o', 'b.csv']
  const { output, code } = await inTerminal('mongowatch-csv', args, [], { cwd })
  t.equal(code, 0)
  t.match(output, /\[.*\] +\d+%/)
  t.match(output, 'b.csv: 50000 rows, 50000 operations')
  const { stderr } = await commandLine('mongowatch-csv', args, { cwd })
  t.equal(stderr, 'b.csv: 50000 rows, 50000 operations\n')
})
