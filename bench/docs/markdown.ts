import type { Estimate } from '../operations/statistics.ts'

/** A table of cells as markdown; the columns are made equally wide. */
export function tableOf(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const all = [head, ...rows]
  const widths = head.map((_, i) =>
    Math.max(...all.map(row => (row[i] ?? '').length)),
  )
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, i) => (cells[i] ?? '').padEnd(width)).join(' | ')} |`
  const rule = widths.map(width => '-'.repeat(width))
  return [head, rule, ...rows].map(line).join('\n')
}

/** A median with its interval, or alone where it has none. */
export function interval(estimate: Estimate | undefined, scale = 1): string {
  if (estimate === undefined || Number.isNaN(estimate.median)) return ''
  const { median, low, high } = estimate
  const [a, b, c] = [median, low, high].map(value => number(value * scale))
  return low === high ? `${a}` : `${a} (${b} to ${c})`
}

/** As many digits as say something. */
export function number(value: number | string | undefined | null): string {
  if (typeof value === 'string') return value
  if (value === undefined || value === null || Number.isNaN(value)) return ''
  const size = Math.abs(value)
  const digits = size < 1 ? 2 : size < 100 ? 1 : 0
  return Number(value.toFixed(digits)).toLocaleString('en')
}
