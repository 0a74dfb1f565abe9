/**
 * What grows with an application, and how far: memory over a million
 * operations, open cursors, large filters, writers of one file.
 *
 *     npm run bench:growth [-- --full]
 *
 * Uses the server of MONGOWATCH_TEST_URI, or starts one. `--full` also does a
 * million `findOne` on it and holds 100,000 cursors open. Writes bench/growth.json.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { startServer } from '../src/cli/server/start.ts'
import { runChild } from './growth/child.ts'
import { measureFilters } from './growth/filters.ts'
import { recordsPerSecond } from './growth/records-per-second.ts'
import { header } from './operations/report.ts'

type Rows = Record<string, Record<string, number>>

const isFull = process.argv.includes('--full')
const folder = mkdtempSync(join(tmpdir(), 'mongowatch-growth-'))
const root = dirname(require.resolve('mongodb/package.json'))
const tables: Record<string, Rows> = {}
void main().finally(() => rmSync(folder, { recursive: true, force: true }))

async function main(): Promise<void> {
  const facts = header(root)
  console.log(Object.values(facts).join(', '))
  show('processes on one file', await writers())
  show('memory after operations without a server, MB', await memory(MILLION))
  show('keys of a filter', await measureFilters(root, folder))
  const server = await startServer()
  try {
    const counts = isFull ? MILLION : MILLION.slice(0, -1)
    show('memory after findOne, MB', await memory(counts, server.uri))
    show('open cursors, for each', await cursors(server.uri))
  } finally {
    await server.stop()
  }
  const text = JSON.stringify(
    { ...facts, server: server.kind, tables },
    null,
    2,
  )
  writeFileSync(join(__dirname, 'growth.json'), `${text}\n`)
}

function show(title: string, rows: Rows): void {
  tables[title] = rows
  console.log(`\n${title}`)
  console.table(rows)
}

async function writers(): Promise<Rows> {
  const rows: Rows = {}
  for (const count of [1, 2, 4, 8, 16]) {
    rows[count] = await recordsPerSecond(folder, count)
  }
  return rows
}

const MILLION = [10_000, 100_000, 1_000_000]

async function memory(counts: readonly number[], uri = ''): Promise<Rows> {
  interface Memory {
    readonly rss: number
    readonly heap: number
  }
  const rows: Rows = {}
  for (const count of counts) {
    const run = (...file: string[]) =>
      runChild<Memory>(
        'run-operations.ts',
        [String(count), uri, ...file],
        ['--expose-gc'],
      )
    const bare = await run()
    const on = await run(join(folder, 'memory.jsonl'))
    rows[count] = rounded({
      'RSS, bare': bare.rss,
      'RSS, on': on.rss,
      'heap grew, bare': bare.heap,
      'heap grew, on': on.heap,
    })
  }
  return rows
}

async function cursors(uri: string): Promise<Rows> {
  interface Cursors {
    readonly cpuUs: number
    readonly heapKB: number
    readonly rssKB: number
  }
  const rows: Rows = {}
  for (const count of [1000, 10_000, ...(isFull ? [100_000] : [])]) {
    const run = (...file: string[]) =>
      runChild<Cursors>(
        'hold-cursors.ts',
        [uri, String(count), ...file],
        ['--expose-gc'],
      )
    try {
      const bare = await run()
      const on = await run(join(folder, 'cursors.jsonl'))
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

function rounded(row: Record<string, number>): Record<string, number> {
  const entries = Object.entries(row)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Number(value.toFixed(1))]),
  )
}
