import { TITLES } from '../growth/measure.ts'
import { CORE, LONG_SCAN, SCAN } from '../operations/calls.ts'
import type { Figures } from '../operations/measure.ts'
import { STORED } from '../operations/measure-all.ts'
import { TARGETS_US } from '../operations/mongowatch.ts'
import type { Saved } from '../operations/save.ts'
import type { Estimate } from '../operations/statistics.ts'
import { NAME } from '../operations/without-server.ts'
import { FIRST_RECORD } from '../startup/measure.ts'
import { ALONE } from '../whole.ts'

/** A target and what was measured of it. */
export interface Target {
  readonly what: string
  readonly unit: string
  readonly target: number
  readonly figure: Estimate
  /** Which sentence of docs/performance.md says why it is missed. */
  readonly limit: string
  /** More is better. */
  readonly isLeast?: boolean
}

const OFF = ['off', 'level off']
/** What writes records, each with its target. */
const WRITING = Object.entries(TARGETS_US).filter(
  ([name]) => !OFF.includes(name),
)

/** Every target, in the order in which they are shown. */
export function targetsOf(saved: Saved): Target[] {
  const [newest = ''] = saved.results.map(({ driver }) => driver)
  const of = (operation: string, contestant: string, driver = newest) =>
    saved.results
      .find(one => one.operation === operation && one.driver === driver)
      ?.figures.find(one => one.contestant === contestant)
  return [
    ...offTargets(of),
    ...WRITING.map(([name, target]) => ({
      unit: 'us',
      target,
      limit: name === 'on' ? 'work' : 'write',
      what: `${name}, ${NAME}`,
      figure: of(NAME, name)?.added ?? NONE,
    })),
    ...CORE.flatMap(operation => coreTargets(operation, of)),
    ...shareTargets(of),
    ...scanTargets(saved),
    ...growthTargets(saved),
    ...startTargets(saved),
  ]
}

type Of = (operation: string, contestant: string) => Figures | undefined

function offTargets(of: Of): Target[] {
  return [NAME, `findOne${STORED}${ALONE}`].flatMap(operation =>
    OFF.map(name => ({
      unit: 'us',
      target: TARGETS_US[name] ?? Number.NaN,
      limit: 'off',
      what: `${name}, ${operation}`,
      figure: of(operation, name)?.added ?? NONE,
    })),
  )
}

function coreTargets(operation: string, of: Of): Target[] {
  const stored = operation + STORED
  const telemetry = of(stored, 'OpenTelemetry')?.added ?? NONE
  const on = of(stored, 'on')?.overOff ?? NONE
  return [
    ...WRITING.map(([name, target]) => ({
      what: `${name}, ${stored}`,
      unit: 'us',
      target,
      figure: of(stored, name)?.overOff ?? NONE,
      limit: name === 'on' ? 'work' : 'write',
    })),
    {
      what: `on, ${operation} on a server`,
      unit: '%',
      target: 4,
      figure: percent(of(operation, 'on')?.shareOfOff),
      limit: 'work',
    },
    {
      what: `on, of what OpenTelemetry adds, ${stored}`,
      unit: '%',
      target: 12.5,
      figure: percent({
        median: on.median / telemetry.median,
        low: on.low / telemetry.high,
        high: on.high / telemetry.low,
      }),
      limit: 'work',
    },
  ]
}

function shareTargets(of: Of): Target[] {
  const shares = [
    'bulkWrite of 100',
    'insertMany of 1,000',
    SCAN,
    LONG_SCAN,
  ].flatMap(name => [name + STORED, name])
  return [
    ...shares.map(operation => ({
      what: `on, ${operation}`,
      unit: '%',
      target: 1,
      figure: percent(of(operation, 'on')?.shareOfOff),
      limit: operation.startsWith('bulk') ? 'bulk' : 'noise',
    })),
    {
      what: 'on, time lost by findOne, 32 at a time',
      unit: '%',
      target: 3,
      figure: percent(of('findOne, 32 at a time', 'on')?.slowerThanOff),
      limit: 'work',
    },
  ]
}

function scanTargets({ results }: Saved): Target[] {
  const [newest] = results.map(({ driver }) => driver)
  return results
    .filter(one => one.operation === SCAN && one.driver !== newest)
    .map(({ driver, figures }) => ({
      what: `on, ${SCAN}, mongodb ${driver}`,
      unit: '%',
      target: 1,
      figure: percent(figures.find(one => one.contestant === 'on')?.shareOfOff),
      limit: 'noise',
    }))
}

function growthTargets({ growth }: Saved): Target[] {
  const memory = Object.entries(growth[TITLES.stored] ?? {}).at(-1)
  const written = growth[TITLES.processes]?.['1'] ?? {}
  const count = Number(memory?.[0]).toLocaleString('en')
  const records = { unit: 'a second', target: 250_000, isLeast: true }
  return [
    {
      what: `resident memory over bare after ${count} findOne`,
      unit: 'MB',
      target: 5,
      figure: exact(memory?.[1]['over bare']),
      limit: 'memory',
    },
    {
      what: 'of that, grown since the first 20,000',
      unit: 'MB',
      target: 5,
      figure: exact(memory?.[1]['grown more']),
      limit: 'memory',
    },
    {
      ...records,
      what: 'records of one process, by the clock',
      figure: {
        median: Number(written['records/s']),
        low: Number(written['least/s']),
        high: Number(written['most/s']),
      },
      limit: 'write',
    },
    {
      ...records,
      what: 'records of one process, of CPU time',
      figure: exact(written['records/s of CPU time']),
      limit: 'write',
    },
  ]
}

function startTargets({ startUp }: Saved): Target[] {
  const row = (program: string, preload: string, target: number): Target => ({
    what: `start: ${program}, ${preload}`,
    unit: 'ms',
    target,
    figure: exact(startUp[program]?.[preload]?.['more than bare']),
    limit: 'start',
  })
  const programs = [FIRST_RECORD, `${FIRST_RECORD}, ESM`]
  return [
    row('no driver', '--require', 8),
    row('no driver', '--import', 8),
    ...programs.flatMap(program => [
      row(program, '--require', 60),
      row(program, 'with a YAML file', 60),
    ]),
  ]
}

const NONE = exact(undefined)

function exact(value: number | string | undefined): Estimate {
  const median = Number(value ?? Number.NaN)
  return { median, low: median, high: median }
}

function percent({ median, low, high }: Estimate = NONE): Estimate {
  return { median: median * 100, low: low * 100, high: high * 100 }
}
