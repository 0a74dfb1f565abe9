import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Tables } from '../tables.ts'
import { drawChart } from './chart.ts'
import type { Result } from './report.ts'

const BENCH = join(__dirname, '..')

/** Everything that the whole benchmark measures. */
export interface Measured {
  readonly results: readonly Result[]
  readonly startUp: Tables
  readonly growth: Tables
}

/** What bench/results.json holds. */
export type Saved = Measured & { readonly facts: Record<string, string> }

/**
 * Keeps the figures of a whole run, and draws those of one operation: a part
 * beside what another run on another machine left would be nobody's figures.
 */
export function save(saved: Saved): void {
  const text = JSON.stringify(saved, undefined, 2)
  writeFileSync(join(BENCH, 'results.json'), `${text}\n`)
  writeFileSync(
    join(BENCH, 'results.svg'),
    drawChart(saved.results, saved.facts),
  )
}
