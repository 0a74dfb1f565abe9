import t from 'tap'
import { createOtlp } from '../../../src/outputs/otlp/otlp-options.ts'

t.test('an address that is none is refused, and not shown', async t => {
  const source = { name: 'c', dropLine: () => '' }
  for (const endpoint of ['http://user:hunter2@h:99999', 'htp://u:hunter2@h'])
    t.throws(() => createOtlp({ endpoint }, source), {
      code: 'MONGOWATCH_OPTION',
      message: 'endpoint: expected http://... or https://...',
    })
})
