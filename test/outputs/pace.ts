import t from 'tap'
import { Pace } from '../../src/outputs/pace.ts'

/** Milliseconds of writes that begin as soon as they may. */
function spent(tookMs: number, untilMs: number): number {
  const pace = new Pace()
  let spent = 0
  for (let now = 0; now < untilMs; ) {
    now += pace.wait(now) + tookMs
    pace.wrote(tookMs, now)
    spent += tookMs
  }
  return spent
}

t.test('a slow disk gets half of the time, and a second', async t => {
  for (const tookMs of [1, 20, 300, 2_000]) {
    const all = spent(tookMs, 60_000)
    t.ok(all >= 30_000, `${all} ms with writes of ${tookMs} ms`)
    t.ok(all <= 31_000 + 2 * tookMs, `${all} ms with writes of ${tookMs} ms`)
  }
})

t.test('after one long stop it waits for five seconds at most', async t => {
  const pace = new Pace()
  pace.wrote(3_600_000, 3_600_000)
  t.equal(pace.wait(3_600_000), 5_000)
})

t.test('what is held up now and then waits for nothing', async t => {
  const pace = new Pace()
  for (let now = 0; now < 60_000; now += 1_000) {
    t.equal(pace.wait(now), 0)
    pace.wrote(400, now)
  }
})
