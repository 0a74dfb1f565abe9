import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { verifyTrail } from '../../src/cli/verify/verify-trail.ts'
import { closeHandlers } from '../../src/outputs/close-handlers.ts'
import { entry, openRecord, setUpOutputs } from '../fixtures/output-parts.ts'

for (const integrity of ['chain', 'hmac']) {
  t.test(`${integrity}: refused operations leave no gap`, async t => {
    const key = integrity === 'hmac' ? 'a key of 16 bytes or more' : undefined
    const folder = join(t.testdir({ log: 'no folder' }), 'log')
    const filename = join(folder, 'audit.jsonl')
    const { handlers, router } = setUpOutputs({
      audit: entry({
        ...{ class: 'file', filename, integrity, integrityKey: key },
        ...{ guarantee: 'write_ahead', onFailure: 'refuse' },
      }),
    })
    const operate = () => {
      const record = openRecord()
      const refusal = router.emit(record, 'first')
      if (refusal !== undefined) return refusal
      record.Iteration = 'final'
      router.emit(record, 'final')
      return undefined
    }
    for (let i = 0; i < 3; i++) {
      t.match(operate(), { code: 'MONGOWATCH_AUDIT_REFUSED' })
    }
    rmSync(folder)
    await new Promise(resolve => setTimeout(resolve, 1_000))
    for (let i = 0; i < 3; i++) t.equal(operate(), undefined)
    closeHandlers(handlers, router)

    const text = readFileSync(filename, 'utf8')
    t.equal(text.match(/"Iteration":"final"/g)?.length, 3)
    const { fault, notes } = await verifyTrail([filename], key)
    t.same([fault, notes], [undefined, []])
  })
}

t.test('what is no file cannot have a chain, and says so', t => {
  const { handlers, router } = setUpOutputs({
    audit: entry({
      ...{ class: 'file', filename: '/dev/full', integrity: 'chain' },
      ...{ guarantee: 'write_ahead', onFailure: 'refuse' },
    }),
  })
  t.match(router.emit(openRecord(), 'first'), {
    code: 'MONGOWATCH_AUDIT_REFUSED',
    message: /\/dev\/full is no file: integrity needs one/,
  })
  closeHandlers(handlers, router)
  t.end()
})
