import { MONGOWATCH } from './mongowatch.ts'
import { BY_HAND } from './others.ts'
import type { Result } from './report.ts'

/** What the chart shows: one bar per contestant. */
const OPERATION = 'findOne'
const ROW = 26
const LEFT = 150
const WIDTH = 720
const COLOURS = { own: '#116149', other: '#8a94a3' }
const OTHERS = [
  BY_HAND,
  'monitoring, empty',
  'monitoring, JSON',
  'OpenTelemetry',
]

/** Those on the copy of the driver that `off` has: compared with that. */
const ON_ITS_COPY = [...MONGOWATCH.filter(name => name !== 'off'), BY_HAND]

/** CPU added to one `findOne`, as bars with their intervals. */
export function drawChart(
  results: readonly Result[],
  facts: Readonly<Record<string, string>>,
): string {
  const found = results.find(({ operation }) => operation === OPERATION)
  const figures = (found?.figures.slice(1) ?? []).map(
    ({ contestant, added, overOff }) => ({
      contestant,
      // two copies of the driver differ by more than what is shown
      added: ON_ITS_COPY.includes(contestant) ? overOff : added,
    }),
  )
  const most = Math.max(1, ...figures.map(({ added }) => added.high))
  const scale = (value: number) =>
    (Math.max(0, value) / most) * (WIDTH - LEFT - 90)
  const bars = figures.map(({ contestant, added }, i) => {
    const y = 44 + i * ROW
    const isOther = OTHERS.includes(contestant)
    const colour = isOther ? COLOURS.other : COLOURS.own
    const [low, end, high] = [added.low, added.median, added.high].map(scale)
    const middle = y + ROW / 2 - 4
    return [
      `<text x="${LEFT - 8}" y="${middle + 4}" text-anchor="end">${contestant}</text>`,
      `<rect x="${LEFT}" y="${y}" width="${end?.toFixed(1)}" height="${ROW - 8}" fill="${colour}"/>`,
      `<line x1="${LEFT + (low ?? 0)}" x2="${LEFT + (high ?? 0)}" y1="${middle}" y2="${middle}" stroke="#d4860b" stroke-width="2"/>`,
      `<text x="${LEFT + (high ?? 0) + 8}" y="${middle + 4}">${added.median.toFixed(1)}</text>`,
    ].join('\n')
  })
  const height = 70 + figures.length * ROW
  const { date = '', ...rest } = facts
  const source = [date.slice(0, 10), ...Object.values(rest)].join(', ')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="13" fill="#555">
<title>CPU added to one findOne</title>
<text x="8" y="22" font-size="15">CPU added to one findOne, microseconds (median, 95 % interval)</text>
${bars.join('\n')}
<text x="8" y="${height - 8}" font-size="10">${source}</text>
</svg>
`
}
