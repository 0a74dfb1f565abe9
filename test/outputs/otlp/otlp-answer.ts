import t from 'tap'
import { Unavailable } from '../../../src/outputs/network/sender.ts'
import {
  retryAfterMs,
  verdictOf,
} from '../../../src/outputs/otlp/otlp-answer.ts'

const answer = (status: number, body = '', retryAfter?: string) => ({
  status,
  body,
  retryAfter,
})

t.test('a batch that was taken is taken', async t => {
  for (const body of ['', '{}', '{"partialSuccess":{}}', 'thanks']) {
    t.equal(verdictOf(answer(200, body), 5).refused, 0, body)
  }
})

t.test('a partial success says how many were not', async t => {
  const body = JSON.stringify({
    partialSuccess: { rejectedLogRecords: '2', errorMessage: 'too\nold' },
  })
  t.same(verdictOf(answer(200, body), 5), {
    refused: 2,
    reason: 'The receiver rejected 2 records: too old',
  })
  t.equal(verdictOf(answer(200, body), 1).refused, 1, 'never more than sent')
})

for (const status of [429, 502, 503, 504]) {
  t.test(`${status} is worth another attempt`, async t => {
    t.throws(() => verdictOf(answer(status, '', '7'), 5), {
      name: 'Unavailable',
      retryAfterMs: 7000,
    })
  })
}

for (const status of [301, 400, 401, 404, 413, 500, 501]) {
  t.test(`${status} is not`, async t => {
    const body = '{"code":3,"message":"no\\u001b[31mred"}'
    t.same(verdictOf(answer(status, body), 5), {
      refused: 5,
      reason: `The receiver answered ${status}: no [31mred`,
    })
  })
}

t.test('Retry-After is seconds or a date', async t => {
  const now = Date.parse('2026-11-25T00:00:00Z')
  t.equal(retryAfterMs('3', now), 3000)
  t.equal(retryAfterMs('Wed, 25 Nov 2026 00:00:09 GMT', now), 9000)
  t.equal(retryAfterMs('Tue, 24 Nov 2026 00:00:00 GMT', now), 0)
  t.equal(retryAfterMs('soon', now), 0)
  t.equal(retryAfterMs(undefined, now), 0)
  t.equal(new Unavailable('x').retryAfterMs, undefined)
})
