import t from 'tap'
import { createJsonFormatter } from '../../src/formatters/json.ts'
import { FIELD_NAMES } from '../../src/record/fields.ts'
import { finishedRecord } from '../fixtures/finished-record.ts'

t.test('one line of JSON with the fields that are known', async t => {
  t.equal(
    createJsonFormatter().format(finishedRecord()),
    '{"WatchID":"65a7f0b1c0ffee0000000001","Iteration":"final","StartTime":"2026-11-25T01:02:03.456Z","EndTime":"2026-11-25T01:02:03.460Z","DB":"shop","Collection":"orders","Operation":"findOne","Filter":{"status":"paid"},"Duration":0.0041,"MatchedCount":1,"Outcome":"success"}',
  )
})

t.test('the order is that of FIELDS', async t => {
  const all = Object.fromEntries(FIELD_NAMES.map(name => [name, name]))
  const line = createJsonFormatter().format(finishedRecord(all as object))
  t.same(Object.keys(JSON.parse(line)), FIELD_NAMES)
})

t.test(
  'a value that repeats is written again, one that changes anew',
  async t => {
    const { format } = createJsonFormatter()
    const collections = ['a', 'a', 'b', 'a'].map(
      Collection =>
        JSON.parse(format(finishedRecord({ Collection }))).Collection,
    )
    t.same(collections, ['a', 'a', 'b', 'a'])
    const counts = [0, 1, 1, 0].map(
      MatchedCount =>
        JSON.parse(format(finishedRecord({ MatchedCount }))).MatchedCount,
    )
    t.same(counts, [0, 1, 1, 0])
  },
)

t.test('private fields are not printed, a filter’s own fields are', async t => {
  const record = Object.assign(finishedRecord(), {
    _note: 'private',
    'InsertedCount/s': 2.5,
  })
  const parsed = JSON.parse(createJsonFormatter().format(record))
  t.equal(parsed['InsertedCount/s'], 2.5)
  t.notMatch(Object.keys(parsed).join(), '_')
})

t.test('a masked field may be of any type', async t => {
  const record = Object.assign(finishedRecord(), {
    Duration: 'xxx',
    StartTime: { $date: '***' },
    MatchedCount: Number.NaN,
  })
  const parsed = JSON.parse(createJsonFormatter().format(record))
  t.equal(parsed.Duration, 'xxx')
  t.same(parsed.StartTime, { $date: '***' })
  t.equal(parsed.MatchedCount, null)
})

t.test('a polluted Object.prototype adds nothing', async t => {
  const target = Object.prototype as Record<string, unknown>
  target.polluted = 1
  t.teardown(() => delete target.polluted)
  t.notMatch(createJsonFormatter().format(finishedRecord()), 'polluted')
})
