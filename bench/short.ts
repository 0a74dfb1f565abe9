import { startServer } from '../dist/cli/server/start.js'
import { recordsPerSecond } from './growth/records-per-second.ts'
import { measureAll } from './operations/measure-all.ts'
import { printTable } from './operations/report.ts'
import { withoutServer } from './operations/without-server.ts'
import { measureStartUp } from './startup/measure.ts'
import { showTables } from './tables.ts'

const SECONDS = 15
const ALONE_SECONDS = 8
const START_UP_RUNS = 7

/** A figure and what it is measured against. */
interface Goal {
  readonly figure: string
  readonly target: number
  readonly measured: number
  /** Less than the target is worse. */
  readonly isLeast?: boolean
}

/** Microseconds per operation that the driver answers itself. */
const ADDED_US: Readonly<Record<string, number>> = {
  off: 0.3,
  on: 4,
  written: 8,
  write_ahead: 14,
}

/**
 * The benchmark in two minutes: prints its tables, and at the end the figures
 * that have a target and do not hang on the server. One that misses its target
 * by more than a factor of two sets the exit code.
 */
export async function measureShort(
  root: string,
  folder: string,
  few: readonly string[],
): Promise<void> {
  const startUp = measureStartUp(process.execPath, START_UP_RUNS)
  showTables(startUp)
  const written = await recordsPerSecond(folder, 1)
  showTables({ 'one process, one file': { 1: written } })
  const alone = await withoutServer(root, folder, ALONE_SECONDS)
  printTable(alone)
  const server = await startServer()
  const operations = ['findOne', 'insertOne']
  const plan = { root, uri: server.uri, folder, operations, few }
  try {
    await measureAll({ ...plan, seconds: SECONDS })
  } finally {
    await server.stop()
  }
  const cpu = (program: string) =>
    startUp[program]?.['--require']?.['more than bare'] ?? Number.NaN
  const added = alone.figures.flatMap(({ contestant, added: { median } }) => {
    const target = ADDED_US[contestant]
    const figure = `${contestant}, us per operation`
    return target === undefined ? [] : [{ figure, target, measured: median }]
  })
  judge([
    ...added,
    { figure: 'start, no driver, ms', target: 8, measured: cpu('no driver') },
    {
      figure: 'start, first record, ms',
      target: 60,
      measured: cpu('first record written'),
    },
    {
      figure: 'records/s per CPU',
      target: 250_000,
      measured: written['records/s per CPU'],
      isLeast: true,
    },
  ])
}

function judge(goals: readonly Goal[]): void {
  const rows = goals.map(({ figure, target, measured, isLeast = false }) => {
    const share = isLeast ? target / measured : measured / target
    const verdict = share <= 1 ? 'met' : share <= 2 ? 'missed' : 'missed by far'
    return { figure, target, measured: Number(measured.toFixed(1)), verdict }
  })
  console.table(rows)
  const isFar = rows.some(({ verdict }) => verdict === 'missed by far')
  if (isFar) process.exitCode = 1
}
