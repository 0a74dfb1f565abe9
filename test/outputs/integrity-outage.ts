import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { verifyTrail } from '../../src/cli/verify/verify-trail.ts'
import { closeHandlers } from '../../src/outputs/close-handlers.ts'
import { entry, finalRecord, setUpOutputs } from '../fixtures/output-parts.ts'

for (const guarantee of ['batched', 'written'] as const) {
  t.test(`${guarantee}: a file that cannot be opened for a while`, async t => {
    const folder = join(t.testdir({ log: 'no folder' }), 'log')
    const filename = join(folder, 'audit.jsonl')
    const { handlers, router } = setUpOutputs({
      audit: entry({
        ...{ class: 'file', filename, integrity: 'chain', guarantee },
      }),
    })
    const handler = handlers.get('audit')
    const write = (name: string) => {
      router.emit(finalRecord(name), 'final')
      handler?.flush()
    }
    for (const name of ['a', 'b', 'c']) write(name)
    t.match(handler?.stats, { written: 0, lost: 0 })
    rmSync(folder)
    await new Promise(resolve => setTimeout(resolve, 500))
    for (const name of ['d', 'e']) write(name)
    t.match(handler?.stats, { written: 5, lost: 0 })
    closeHandlers(handlers, router)

    const lines = readFileSync(filename, 'utf8').trim().split('\n')
    const names = lines.flatMap(line => JSON.parse(line).Filter ?? [])
    t.same(names, ['a', 'b', 'c', 'd', 'e'])
    const { fault, notes } = await verifyTrail([filename], undefined)
    t.same([fault, notes], [undefined, []])
  })
}

t.test('a file that can never be opened loses what it says it lost', t => {
  const folder = join(t.testdir({ log: 'no folder' }), 'log')
  const filename = join(folder, 'audit.jsonl')
  const { handlers, router } = setUpOutputs({
    audit: entry({ class: 'file', filename, integrity: 'chain' }),
  })
  for (let i = 0; i < 10; i++) router.emit(finalRecord('x'), 'final')
  closeHandlers(handlers, router)
  const stats = handlers.get('audit')?.stats
  t.equal(stats?.written, 0)
  t.ok(stats && stats.lost >= 10, `${stats?.lost} are lost`)
  t.end()
})
