import fc from 'fast-check'
import t from 'tap'
import { isoText } from '../../src/record/iso-text.ts'

t.test('any date is written as Date.toISOString writes it', async t => {
  const dates = fc.date({ noInvalidDate: true })
  fc.assert(
    fc.property(dates, date => isoText(date.getTime()) === date.toISOString()),
    { numRuns: 2000 },
  )
  for (const time of [0, -1, 86_399_999, 86_400_000, 8.64e15, -8.64e15]) {
    t.equal(isoText(time), new Date(time).toISOString())
  }
})
