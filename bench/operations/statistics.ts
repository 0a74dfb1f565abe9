/** A median and where it lies with 95 % confidence. */
export interface Estimate {
  readonly median: number
  readonly low: number
  readonly high: number
}

/**
 * The median of a sample and, by the order statistics of the binomial
 * distribution, its interval: no shape of the noise is assumed.
 */
export function estimate(sample: readonly number[]): Estimate {
  const sorted = [...sample].sort((a, b) => a - b)
  const half = 0.98 * Math.sqrt(sorted.length)
  const middle = (sorted.length - 1) / 2
  return {
    median: quantile(sorted, 0.5),
    low: at(sorted, Math.floor(middle - half)),
    high: at(sorted, Math.ceil(middle + half)),
  }
}

/** The value below which this share of a sorted sample lies. */
export function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const below = at(sorted, Math.floor(place))
  return below + (at(sorted, Math.ceil(place)) - below) * (place % 1)
}

/** A new order, each as likely as the others. */
export function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map(item => ({ item, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item)
}

function at(sorted: readonly number[], place: number): number {
  const last = sorted.length - 1
  return sorted[Math.min(last, Math.max(0, place))] ?? Number.NaN
}
