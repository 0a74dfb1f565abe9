import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Phases } from '../phases.ts'
import type { Rows, Tables } from '../tables.ts'
import { measureCursors } from './cursors.ts'
import { measureFilters } from './filters.ts'
import { measureMemory } from './memory.ts'
import { recordsPerSecond } from './records-per-second.ts'

const PROCESSES = [1, 2, 4, 8, 16]
const WRITER_RUNS = 3
const CURSORS = [1000, 10_000]
const MANY_CURSORS = 100_000

/** Where, and how much. */
export interface GrowthPlan {
  /** Folder of the driver. */
  readonly root: string
  readonly uri: string
  /**
   * Servers that share the open cursors, where one has a limit: URIs, with
   * spaces between. @default uri
   */
  readonly cursorURIs?: string | undefined
  /** Also `findOne` answered by the server, and 100,000 open cursors. */
  readonly isFull: boolean
  /** How often `findOne` is called for the memory. @default a million */
  readonly count?: number
  /** For all sizes of a filter. */
  readonly seconds: number
  readonly phases: Phases
}

/** The titles of {@link measureGrowth}'s tables. */
export const TITLES = {
  processes: 'processes on one file, medians of 3',
  stored: 'memory after findOne, stored answer, MB, medians of 3 pairs',
  server: 'memory after findOne, MB, medians of 3 pairs',
  filters: 'keys of a filter',
  cursors: 'open cursors, for each',
}

/** How many parts it has. */
export function growthParts(isFull: boolean): number {
  return Object.keys(TITLES).length - (isFull ? 0 : 1)
}

/** Measures a table; tells how far it is. */
type Part = (tell: (fraction: number) => void) => Promise<Rows>

/**
 * What grows with an application, and how far: memory over a million
 * operations, open cursors, large filters, writers of one file. Tables are
 * told as they come.
 */
export async function measureGrowth(
  plan: GrowthPlan,
  show: (table: Tables) => void,
): Promise<Tables> {
  const folder = mkdtempSync(join(tmpdir(), 'mongowatch-growth-'))
  const tables: Tables = {}
  try {
    for (const [title, measurePart] of partsOf(plan, folder)) {
      const bar = await plan.phases.start(title)
      const rows = await measurePart(bar.update)
      bar.stop()
      tables[title] = rows
      show({ [title]: rows })
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return tables
}

function partsOf(
  { root, uri, cursorURIs = uri, isFull, count = 1e6, seconds }: GrowthPlan,
  folder: string,
): [string, Part][] {
  const memory =
    (kind: 'STORED' | 'SERVER'): Part =>
    tell =>
      measureMemory(folder, uri, count, kind, tell)
  const counts = isFull ? [...CURSORS, MANY_CURSORS] : CURSORS
  return [
    [TITLES.processes, tell => writers(folder, tell)],
    [TITLES.stored, memory('STORED')],
    ...(isFull ? [[TITLES.server, memory('SERVER')] as [string, Part]] : []),
    [TITLES.filters, tell => measureFilters(root, folder, seconds / 3, tell)],
    [TITLES.cursors, tell => measureCursors(folder, cursorURIs, counts, tell)],
  ]
}

async function writers(
  folder: string,
  tell: (fraction: number) => void,
): Promise<Rows> {
  const rows: Rows = {}
  for (const [i, count] of PROCESSES.entries()) {
    tell(i / PROCESSES.length)
    rows[count] = await recordsPerSecond(folder, count, WRITER_RUNS)
  }
  return rows
}
