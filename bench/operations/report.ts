import { execFileSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { versionOf } from './drivers.ts'
import type { Figures } from './measure.ts'
import type { Estimate } from './statistics.ts'

/** All contestants in one operation. */
export interface Result {
  readonly operation: string
  /** Its version. */
  readonly driver: string
  readonly figures: readonly Figures[]
}

const BENCH = join(__dirname, '..')

/** On what was measured: machine, versions, commit. */
export function header(driverRoot: string): Record<string, string> {
  const [cpu] = cpus()
  return {
    date: new Date().toISOString(),
    machine: `${cpus().length} x ${cpu?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    load: `load ${loadavg()[0]?.toFixed(1)}`,
    node: `Node ${process.version}`,
    driver: `mongodb ${versionOf(driverRoot)}`,
    telemetry: `OpenTelemetry's instrumentation-mongodb ${versionOf(TELEMETRY)}`,
    commit: `commit ${commit()}`,
  }
}

const TELEMETRY = join(
  BENCH,
  '../node_modules/@opentelemetry/instrumentation-mongodb',
)

function commit(): string {
  try {
    const args = ['describe', '--always', '--dirty']
    return execFileSync('git', args, { cwd: BENCH, encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
}

/** One operation as a table, microseconds of CPU. */
export function printTable({ operation, driver, figures }: Result): void {
  const title = `${operation}, mongodb ${driver}`
  console.log(
    `\n${title}: ${figures[0]?.blocks} rounds (~ the median did not stand still)`,
  )
  const rows = figures.map(one => [
    one.isStill ? one.contestant : `~ ${one.contestant}`,
    {
      'CPU us': round(one.cpu.median),
      'added us': withInterval(one.added, 1),
      'over off us': withInterval(one.overOff, 1),
      'added %': withInterval(one.share, 100),
      'slower %': withInterval(one.slower, 100),
      'p50 ms': round(one.latency.p50, 3),
      'p99 ms': round(one.latency.p99, 3),
    },
  ])
  console.table(Object.fromEntries(rows))
}

function withInterval({ median, low, high }: Estimate, scale: number): string {
  const [a, b, c] = [median, low, high].map(value => round(value * scale))
  return `${a} (${b} to ${c})`
}

function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits))
}
