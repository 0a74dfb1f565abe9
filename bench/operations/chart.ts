import { STORED } from './measure-all.ts'
import { MONGOWATCH, TARGETS_US } from './mongowatch.ts'
import type { Result } from './report.ts'
import type { Estimate } from './statistics.ts'

/** What the chart shows: one bar per contestant. */
const OPERATION = `findOne${STORED}`
const BASELINE = 'bare'
const TARGET_US = TARGETS_US.on ?? Number.NaN
const ROW = 26
const TOP = 76
const LEFT = 150
const WIDTH = 760
const RIGHT = 60
const LINE = 13

/** Colours for a page that is light, and for one that is dark. */
const STYLE = `
.page { fill: #fff } text { fill: #333 } .grid { stroke: #ddd } .zero { stroke: #333 }
.own { fill: #2a9d77 } .other { fill: #9aa3b2 } .interval { stroke: #b3650b } .target { stroke: #2a9d77 }
@media (prefers-color-scheme: dark) {
.page { fill: #0d1117 } text { fill: #ddd } .grid { stroke: #333 } .zero { stroke: #ddd } .interval { stroke: #f0a94a }
}`

/**
 * CPU added to one `findOne`, all over the bare driver, as bars with their
 * intervals; what a second bare copy has is the error of the method.
 */
export function drawChart(
  results: readonly Result[],
  facts: Readonly<Record<string, string>>,
): string {
  const found = results.find(({ operation }) => operation === OPERATION)
  if (found === undefined) throw new Error(`no figures of ${OPERATION}`)
  const bars = found.figures.filter(({ contestant }) => contestant !== BASELINE)
  const ends = bars.flatMap(({ added: { low, high } }) => [low, high])
  const step = stepOf(Math.max(...ends) - Math.min(0, ...ends))
  const least = Math.floor(Math.min(0, ...ends) / step) * step
  const most = Math.ceil(Math.max(TARGET_US, ...ends) / step) * step
  const x = (value: number) =>
    LEFT + ((value - least) / (most - least)) * (WIDTH - LEFT - RIGHT)
  const bottom = TOP + bars.length * ROW
  const height = bottom + 20 + 3 * LINE
  const drawn = bars.map(({ contestant, added }, i) =>
    bar(contestant, added, TOP + i * ROW, x),
  )
  const { date = '', ...rest } = facts
  const source = [date.slice(0, 10), ...Object.values(rest)]
  const lines = [0, 4, 7].map((from, i, all) =>
    source.slice(from, all[i + 1]).join(', '),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="13">
<title>CPU added to one findOne</title>
<style>${STYLE}</style>
<rect class="page" width="${WIDTH}" height="${height}"/>
<text x="8" y="22" font-size="15">CPU that one findOne needs more than with the bare driver, microseconds; its answer is stored</text>
${legend()}
${axis(least, most, step, bottom, x).join('\n')}
${drawn.join('\n')}
${lines.map((line, i) => `<text x="8" y="${bottom + 24 + i * LINE}" font-size="10">${line}</text>`).join('\n')}
</svg>
`
}

type Scale = (value: number) => number

function legend(): string {
  const y = 36
  return `<rect class="own" x="8" y="${y}" width="14" height="12"/><text x="28" y="${y + 11}">mongowatch</text>
<rect class="other" x="130" y="${y}" width="14" height="12"/><text x="150" y="${y + 11}">others</text>
<line class="interval" x1="220" x2="246" y1="${y + 6}" y2="${y + 6}" stroke-width="2"/><text x="252" y="${y + 11}">95 % interval of the median</text>
<line class="target" x1="440" x2="466" y1="${y + 6}" y2="${y + 6}" stroke-width="2" stroke-dasharray="4 3"/><text x="472" y="${y + 11}">target for "on", ${TARGET_US}</text>`
}

function bar(name: string, added: Estimate, y: number, x: Scale): string {
  const { low, median, high } = added
  const [from, to] = [Math.min(0, median), Math.max(0, median)].map(x)
  const middle = y + ROW / 2 - 4
  const kind = MONGOWATCH.includes(name) ? 'own' : 'other'
  const width = ((to ?? 0) - (from ?? 0)).toFixed(1)
  return [
    `<text x="${LEFT - 8}" y="${middle + 4}" text-anchor="end">${name}</text>`,
    `<rect class="${kind}" x="${from?.toFixed(1)}" y="${y}" width="${width}" height="${ROW - 8}"/>`,
    `<line class="interval" x1="${x(low).toFixed(1)}" x2="${x(high).toFixed(1)}" y1="${middle}" y2="${middle}" stroke-width="2"/>`,
    `<text x="${(x(Math.max(high, 0)) + 6).toFixed(1)}" y="${middle + 4}">${median.toFixed(1)}</text>`,
  ].join('\n')
}

function axis(
  least: number,
  most: number,
  step: number,
  bottom: number,
  x: Scale,
): string[] {
  const line = (kind: string, at: number, more = '') =>
    `<line class="${kind}" x1="${x(at).toFixed(1)}" x2="${x(at).toFixed(1)}" y1="${TOP - 6}" y2="${bottom}"${more}/>`
  const count = Math.round((most - least) / step) + 1
  const ticks = Array.from({ length: count }, (_, i) => least + i * step)
  return [
    ...ticks.map(
      at =>
        `${line(at === 0 ? 'zero' : 'grid', at)}<text x="${x(at).toFixed(1)}" y="${TOP - 10}" font-size="10" text-anchor="middle">${at}</text>`,
    ),
    line('target', TARGET_US, ' stroke-width="2" stroke-dasharray="4 3"'),
  ]
}

/** 1, 2 or 5 times a power of ten, so that some eight of them fit. */
function stepOf(range: number): number {
  const power = 10 ** Math.floor(Math.log10(range / 8))
  const fits = [1, 2, 5, 10].find(factor => factor * power >= range / 8) ?? 10
  return fits * power
}
