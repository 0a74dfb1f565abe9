import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Rows, Tables } from '../tables.ts'
import { runChild } from './child.ts'
import { measureFilters } from './filters.ts'
import { recordsPerSecond } from './records-per-second.ts'

const MILLION = [10_000, 100_000, 1_000_000]
const CURSORS = [1000, 10_000, 100_000]

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
  /** Also a million `findOne`, and 100,000 open cursors. */
  readonly isFull: boolean
}

/**
 * What grows with an application, and how far: memory over a million
 * operations, open cursors, large filters, writers of one file. Tables are
 * told as they come.
 */
export async function measureGrowth(
  { root, uri, cursorURIs = uri, isFull }: GrowthPlan,
  show: (table: Tables) => void,
): Promise<Tables> {
  const folder = mkdtempSync(join(tmpdir(), 'mongowatch-growth-'))
  const tables: Tables = {}
  const some = (counts: readonly number[]) =>
    isFull ? counts : counts.slice(0, -1)
  const parts: readonly [string, () => Promise<Rows>][] = [
    ['processes on one file', () => writers(folder)],
    ['memory after operations, no server, MB', () => memory(folder, MILLION)],
    ['memory after findOne, MB', () => memory(folder, some(MILLION), uri)],
    ['keys of a filter', () => measureFilters(root, folder)],
    [
      'open cursors, for each',
      () => cursors(folder, cursorURIs, some(CURSORS)),
    ],
  ]
  try {
    for (const [title, measurePart] of parts) {
      const rows = await measurePart()
      tables[title] = rows
      show({ [title]: rows })
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return tables
}

async function writers(folder: string): Promise<Rows> {
  const rows: Rows = {}
  for (const count of [1, 2, 4, 8, 16]) {
    rows[count] = await recordsPerSecond(folder, count)
  }
  return rows
}

async function memory(
  folder: string,
  counts: readonly number[],
  uri = '',
): Promise<Rows> {
  interface Memory {
    readonly rss: number
    readonly heap: number
  }
  const rows: Rows = {}
  for (const count of counts) {
    const args = [String(count), uri]
    const file = join(folder, 'memory.jsonl')
    const [bare, on] = await bareAndOn<Memory>('run-operations.ts', args, file)
    rows[count] = rounded({
      'RSS, bare': bare.rss,
      'RSS, on': on.rss,
      'heap grew, bare': bare.heap,
      'heap grew, on': on.heap,
    })
  }
  return rows
}

async function cursors(
  folder: string,
  uris: string,
  counts: readonly number[],
): Promise<Rows> {
  interface Cursors {
    readonly cpuUs: number
    readonly heapKB: number
    readonly rssKB: number
  }
  const rows: Rows = {}
  for (const count of counts) {
    const args = [uris, String(count)]
    const file = join(folder, 'cursors.jsonl')
    try {
      const [bare, on] = await bareAndOn<Cursors>('hold-cursors.ts', args, file)
      rows[count] = rounded({
        'CPU us, bare': bare.cpuUs,
        'CPU us, on': on.cpuUs,
        'heap KB, bare': bare.heapKB,
        'heap KB, on': on.heapKB,
      })
    } catch (error) {
      console.log(`${count} open cursors: ${String(error)}`)
    }
  }
  return rows
}

/** What a program says without mongowatch, and with it writing to a file. */
async function bareAndOn<T>(
  program: string,
  args: readonly string[],
  file: string,
): Promise<[bare: T, on: T]> {
  const run = (more: readonly string[]) =>
    runChild<T>(program, [...args, ...more], ['--expose-gc'])
  return [await run([]), await run([file])]
}

function rounded(row: Record<string, number>): Record<string, number> {
  const entries = Object.entries(row)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Number(value.toFixed(1))]),
  )
}
