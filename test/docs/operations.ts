import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { operationsPage } from '../fixtures/operations-page.ts'
import { ROOT } from '../fixtures/run.ts'

t.test('docs/operations.md is what the tables say', async t => {
  const page = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8')
  t.equal(page, await operationsPage(), 'npm run docs:operations writes it')
})

t.test('every method of the tables exists in a tested driver', async t => {
  t.notMatch(await operationsPage(), /none of these/)
})
