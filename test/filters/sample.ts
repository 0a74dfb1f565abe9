import t from 'tap'
import { createSample } from '../../src/filters/sample.ts'
import { createWatchIds } from '../../src/record/watch-id.ts'
import { auditRecord } from '../fixtures/audit-record.ts'

const nextId = createWatchIds()
const records = Array.from({ length: 20_000 }, () =>
  auditRecord({ WatchID: nextId(1_700_000_000_000) }),
)

t.test('about the asked share of operations is kept', async t => {
  for (const rate of [0, 0.1, 0.5, 1]) {
    const sample = createSample({ rate }, 42)
    const kept = records.filter(record => sample.apply(record)).length
    const expected = rate * records.length
    t.ok(Math.abs(kept - expected) <= 400, `${kept} of ${expected}`)
  }
})

t.test('all iterations of an operation get one answer', async t => {
  const sample = createSample({ rate: 0.5 })
  for (const record of records.slice(0, 200)) {
    const first = sample.apply({ ...record, Iteration: 0 })
    const last = sample.apply({ ...record, Iteration: 'final(7)' })
    t.equal(first === false, last === false)
  }
})

t.test('two samples choose independently', async t => {
  const one = createSample({ rate: 0.5 }, 1)
  const two = createSample({ rate: 0.5 }, 2)
  const both = records.filter(r => one.apply(r) && two.apply(r)).length
  t.ok(Math.abs(both - records.length / 4) < 400, `${both}`)
})

t.test('by a field, equal values stay together in every process', async t => {
  const one = createSample({ rate: 0.5, by: 'Session' }, 1)
  const two = createSample({ rate: 0.5, by: 'Session' }, 2)
  let kept = 0
  for (const record of records.slice(0, 2000)) {
    const Session = record.WatchID
    const here = one.apply(auditRecord({ Session, WatchID: 'a' }))
    const there = two.apply(auditRecord({ Session, WatchID: 'b' }))
    t.equal(here === false, there === false)
    if (here) kept++
  }
  t.ok(kept > 800 && kept < 1200, `${kept}`)
})

t.test('records about mongowatch itself are always kept', async t => {
  const start = auditRecord({ Operation: '$start' })
  t.equal(createSample({ rate: 0 }).apply(start), start)
})

t.test('a share that is none is an error', async t => {
  t.throws(() => createSample({ rate: 1.5 }), /from 0 to 1, got 1.5/)
  t.throws(() => createSample({ rate: 0.5, by: 'Sesion' }), /"Sesion" is not/)
})
