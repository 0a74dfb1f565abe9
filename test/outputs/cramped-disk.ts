import { join } from 'node:path'
import t, { type Test } from 'tap'
import { runOnSmallDisk } from '../fixtures/small-disk.ts'

const CHILD = join(__dirname, '../fixtures/outputs-cramped.cjs')

function run(t: Test, mode: string): Record<string, unknown> | undefined {
  const folder = t.testdir()
  const ran = runOnSmallDisk(folder, 64, [CHILD, mode, folder])
  if (ran === undefined) return undefined
  t.equal(ran.status, 0, ran.stderr)
  return JSON.parse(ran.stdout)
}

t.test('what cannot be compressed whole is kept', async t => {
  const result = run(t, 'compress')
  if (result) t.same(result, { isKept: true })
})

t.test('a header that has no room leaves no open file behind', async t => {
  const result = run(t, 'header')
  if (result) t.ok(Number(result.open) <= 1, `${result.open} are open`)
})

t.test('rotation makes room where old files need not be kept', async t => {
  const result = run(t, 'rotate')
  if (result) t.same(result, { received: 120, written: 120, lost: 0 })
})

for (const mode of ['newline', 'closed']) {
  t.test(`a line that lacked only its line end, ${mode}`, async t => {
    const result = run(t, mode)
    const amounts = { received: 3, written: 3, lost: 0 }
    const records = ['x', 'x', 'y'].map(text => `"Filter":"${text}"`)
    if (result) t.same(result, { isWhole: true, records, ...amounts })
  })
}
