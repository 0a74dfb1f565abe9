import { driverPath } from '../test/fixtures/packages.ts'
import { growthParts, measureGrowth } from './growth/measure.ts'
import { CORE, createCalls, LONG_SCAN, SCAN } from './operations/calls.ts'
import { measureAll } from './operations/measure-all.ts'
import { BY_HAND } from './operations/others.ts'
import { printTable, type Result } from './operations/report.ts'
import type { Measured } from './operations/save.ts'
import { withoutServer } from './operations/without-server.ts'
import type { Phases } from './phases.ts'
import { measureStartUp } from './startup/measure.ts'
import { showTables } from './tables.ts'

/** Where and how long is measured. */
export interface Run {
  readonly root: string
  readonly uri: string
  readonly folder: string
  readonly seconds: number
  readonly isFull: boolean
  readonly isPair: boolean
  /** How often `findOne` is called for the memory. */
  readonly count: number
  readonly phases: Phases
}

/** The newest of each older major, and what is measured on them. */
const OLDER = ['6.22.0', '5.9.2', '4.17.2']
const ON_OLDER = ['findOne', SCAN]
const OPERATIONS = Object.keys(createCalls())
const REST = OPERATIONS.filter(
  name => !CORE.includes(name) && name !== LONG_SCAN,
)
/** One operation at a time can have a stored answer. */
const STORED_REST = REST.filter(name => !name.includes('at a time'))
/** Who takes part in the others: the fewer they are, the more rounds. */
const FEW = ['bare', 'bare, again', 'off', 'on', BY_HAND]
const PAIR = ['off', 'on', BY_HAND]
/** Of what takes a second each time. */
const LEAST = ['off', 'on']
/**
 * What runs oftenest is compiled best, and most contestants share the copy of
 * the driver that `off` has: against bare it is measured without them.
 */
const OFF = ['bare', 'bare, again', 'off', 'level off']
/** Follows the operation in the name of that result. */
export const ALONE = ', off alone'
const START_UP_RUNS = 20

/** How many parts {@link measureWhole} or {@link measurePart} has. */
export function phasesOf(
  wanted: readonly string[],
  isPart: boolean,
  isFull: boolean,
): number {
  if (isPart) return 1 + (wanted.length || OPERATIONS.length)
  const stored = CORE.length + STORED_REST.length + 1
  const older = OLDER.length * ON_OLDER.length
  return 3 + stored + OPERATIONS.length + older + growthParts(isFull)
}

/** Everything. */
export async function measureWhole(run: Run): Promise<Measured> {
  const { root, folder, seconds, phases, isFull, uri, count } = run
  const startUp = await measureStartUp(process.execPath, START_UP_RUNS, phases)
  showTables(startUp)
  const alone = await withoutServer(root, folder, seconds, phases)
  printTable(alone)
  const results: Result[] = [alone]
  const off = { ...run, isStored: true, note: ALONE, few: OFF }
  results.push(...(await measureAll({ ...off, operations: ['findOne'] })))
  for (const isStored of [true, false]) {
    const rest = isStored ? STORED_REST : REST
    const core = { ...run, isStored, operations: CORE, few: undefined }
    results.push(...(await measureAll(core)))
    const others = { ...run, isStored, operations: rest, few: FEW }
    results.push(...(await measureAll(others)))
    const long = { ...run, isStored, operations: [LONG_SCAN], few: LEAST }
    results.push(...(await measureAll(long)))
  }
  for (const older of OLDER) {
    const path = await driverPath(older)
    const plan = { ...run, root: path, operations: ON_OLDER, few: FEW }
    results.push(...(await measureAll(plan)))
  }
  const grown = { root, uri, isFull, count, seconds, phases }
  return { results, startUp, growth: await measureGrowth(grown, showTables) }
}

/** Some operations, or on another driver; printed only. */
export async function measurePart(
  run: Run,
  wanted: readonly string[],
): Promise<void> {
  const { root, folder, seconds, phases, isPair } = run
  printTable(await withoutServer(root, folder, Math.min(seconds, 20), phases))
  const operations = wanted.length === 0 ? OPERATIONS : wanted
  await measureAll({ ...run, operations, few: isPair ? PAIR : undefined })
}
