import t from 'tap'
import { systemClock } from '../../src/clock.ts'
import { createFields } from '../../src/filters/fields.ts'
import { RateFilter } from '../../src/filters/rate.ts'
import { type Destination, Tally } from '../../src/outputs/destination.ts'
import { Handler } from '../../src/outputs/handler.ts'
import { auditRecord } from '../fixtures/audit-record.ts'

/** A handler that sums up, then adds a field. */
function createHandler(outputRateSec: number) {
  const lines: string[] = []
  const tally = new Tally()
  const destination: Destination = {
    tally,
    pending: 0,
    write: line => lines.push(line),
    flush: () => {},
    close: () => {},
  }
  const rate = { attributes: ['InsertedCount'], outputRateSec }
  const handler = new Handler({
    name: 'sums',
    level: 'notset',
    filters: [
      new RateFilter(rate, systemClock),
      createFields({ constant: { Environment: 'test' } }),
    ],
    formatter: {
      format: record =>
        `${record.Operation} ${record.InsertedCount} ${Reflect.get(record, 'Environment')}`,
    },
    destination,
    queue: false,
    isWriteAhead: false,
    isRefusing: false,
  })
  return { handler, lines }
}

t.test('a period that is over is written without a later record', async t => {
  const { handler, lines } = createHandler(0.01)
  handler.handle(auditRecord({ InsertedCount: 7 }), 'final')
  t.strictSame(lines, [])
  while (lines.length === 0) await new Promise(done => setTimeout(done, 50))
  t.strictSame(lines, ['$rate 7 test'], 'and went through the next filter')
  handler.close()
})

t.test('a period that is open is written when the handler ends', async t => {
  const { handler, lines } = createHandler(3600)
  handler.handle(auditRecord({ InsertedCount: 7 }), 'final')
  handler.close()
  t.strictSame(lines, ['$rate 7 test'])
})
