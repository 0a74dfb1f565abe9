import { join } from 'node:path'
import t from 'tap'
import { verifyTrail } from '../../src/cli/verify/verify-trail.ts'
import { trailIn, writeChained } from '../fixtures/chained-files.ts'

t.test('a file of another key is moved away, too, once', async t => {
  const folder = t.testdir()
  const filename = join(folder, 'audit.jsonl')
  const [one, other] = ['0123456789abcdef', 'fedcba9876543210']
  for (const integrity_key of [one, other, other]) {
    const options = { integrity: 'hmac', integrity_key }
    await writeChained({ filename, count: 5, options })
  }
  const trail = trailIn(folder)
  const [old = '', live = '', ...more] = trail
  t.same(more, [])
  t.match(await verifyTrail([old], one), { fault: undefined, writers: 1 })
  t.match(await verifyTrail([live], other), { fault: undefined, writers: 2 })
  const { fault } = await verifyTrail(trail, other)
  t.match(fault?.text, /the header names another key/)
})
