import t from 'tap'
import { RateFilter, type RateOptions } from '../../src/filters/rate.ts'
import type { AuditRecord } from '../../src/record/record.ts'
import { auditRecord } from '../fixtures/audit-record.ts'

const START = Date.UTC(2026, 10, 25)

/** A rate over 10 seconds and the clock that it reads. */
function createRate(options: Partial<RateOptions> = {}) {
  const clock = {
    now: 5000,
    monotonic: () => clock.now,
    wall: () => START - 5000 + clock.now,
  }
  const settings = {
    attributes: ['InsertedCount'],
    outputRateSec: 10,
    ...options,
  }
  return { clock, rate: new RateFilter(settings, clock) }
}

let ids = 0
function insert(count: number, fields: Partial<AuditRecord> = {}): AuditRecord {
  return auditRecord({
    WatchID: `${ids++}`,
    DB: 'shop',
    Collection: 'orders',
    InsertedCount: count,
    ...fields,
  })
}

t.test('records are summed up until the period ends', async t => {
  const { clock, rate } = createRate()
  t.equal(rate.apply(insert(10)), false)
  clock.now += 9999
  t.equal(rate.apply(insert(20)), false)
  clock.now += 1
  const summary = rate.apply(insert(5))
  t.match(summary, {
    Operation: '$rate',
    Iteration: 'final',
    DB: 'shop',
    Collection: 'orders',
    InsertedCount: 30,
    'InsertedCount/s': 3,
    Suppressed: 2,
    StartTime: new Date(START),
    EndTime: new Date(START + 10_000),
    WallTime: 10,
  })
  t.match(summary, { WatchID: /^[0-9a-f]{24}$/ })
})

t.test('the record after the border belongs to the next period', async t => {
  const { clock, rate } = createRate()
  rate.apply(insert(10))
  clock.now += 10_000
  rate.apply(insert(7))
  clock.now += 10_000
  t.match(rate.apply(insert(1)), { InsertedCount: 7, Suppressed: 1 })
})

t.test('periods stay in step after a silence', async t => {
  const { clock, rate } = createRate()
  rate.apply(insert(10))
  clock.now += 34_000
  t.match(rate.apply(insert(7)), { InsertedCount: 10, 'InsertedCount/s': 1 })
  clock.now += 5999
  t.equal(rate.apply(insert(1)), false)
  clock.now += 1
  t.match(rate.apply(insert(1)), {
    InsertedCount: 8,
    StartTime: new Date(START + 30_000),
    EndTime: new Date(START + 40_000),
  })
})

t.test('no amount is lost or counted twice over many borders', async t => {
  const { clock, rate } = createRate({ outputRateSec: 0.5 })
  let given = 0
  let taken = 0
  for (let i = 0; i < 5000; i++) {
    clock.now += (i * 7919) % 700
    given += i
    const summary = rate.apply(insert(i))
    if (summary) taken += summary.InsertedCount ?? 0
  }
  for (const summary of rate.flush()) taken += summary.InsertedCount ?? 0
  t.equal(taken, given)
})

t.test('what is held is written at the end, over the time it took', async t => {
  const { clock, rate } = createRate()
  rate.apply(insert(12))
  clock.now += 4000
  t.match(rate.flush(), [
    { InsertedCount: 12, 'InsertedCount/s': 3, WallTime: 4 },
  ])
  t.strictSame(rate.flush(), [])
})

t.test('a period that is over is due without a later record', async t => {
  const { clock, rate } = createRate()
  t.strictSame(rate.due(), [])
  rate.apply(insert(12))
  clock.now += 9999
  t.strictSame(rate.due(), [])
  clock.now += 3000
  t.match(rate.due(), [{ InsertedCount: 12, WallTime: 10 }])
  t.strictSame(rate.due(), [])
  t.equal(rate.apply(insert(1)), false)
})

t.test('or dropped, if only whole periods are wanted', async t => {
  const { clock, rate } = createRate({ drop: true })
  rate.apply(insert(12))
  clock.now += 10_000
  t.strictSame(rate.due(), [])
  t.match(rate.apply(insert(3)), { InsertedCount: 12 })
  t.strictSame(rate.flush(), [])
})

t.test('records without the attributes pass, unless they count', async t => {
  const find = auditRecord({ Operation: 'find' })
  t.equal(createRate().rate.apply(find), find)
  const { clock, rate } = createRate({ ignoreNones: false })
  t.equal(rate.apply(find), false)
  clock.now += 10_000
  t.match(rate.apply(insert(1)), { InsertedCount: 0, Suppressed: 1 })
})

t.test('intermediate iterations are stopped and not counted', async t => {
  const { clock, rate } = createRate()
  t.equal(rate.apply(insert(5, { Iteration: 0 })), false)
  t.equal(rate.apply(insert(10)), false)
  clock.now += 10_000
  t.match(rate.apply(insert(1)), { InsertedCount: 10, Suppressed: 1 })
})

t.test('or count what they add', async t => {
  const { clock, rate } = createRate({
    attributes: ['MatchedCount'],
    ignoreIntermediates: false,
  })
  for (const [Iteration, MatchedCount] of [
    [1, 100],
    [2, 250],
    ['final(3)', 300],
  ] as const) {
    rate.apply(auditRecord({ WatchID: 'cursor', Iteration, MatchedCount }))
  }
  clock.now += 10_000
  t.match(rate.apply(auditRecord({ MatchedCount: 1 })), { MatchedCount: 300 })
})

t.test('what holds no number is counted', async t => {
  const { clock, rate } = createRate({
    attributes: ['Collection', 'Duration'],
    suffix: '/sec',
  })
  rate.apply(auditRecord({ Collection: 'a', Duration: 0.5 }))
  rate.apply(auditRecord({ Collection: 'b', Duration: 1.5 }))
  clock.now += 10_000
  const summary = rate.apply(auditRecord({ Collection: 'a' })) || undefined
  t.match(summary, { 'Collection/sec': 0.2, Duration: 2, 'Duration/sec': 0.2 })
  t.equal(summary?.Collection, undefined)
})

t.test('records about mongowatch itself pass', async t => {
  const start = auditRecord({ Operation: '$start', InsertedCount: 1 })
  t.equal(createRate().rate.apply(start), start)
})

t.test('a period or an attribute that is none is an error', async t => {
  t.throws(() => createRate({ outputRateSec: 0 }), /more than 0 seconds/)
  t.throws(() => createRate({ attributes: ['Inserted'] }), /"Inserted" is not/)
})
