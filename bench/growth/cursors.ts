import { join } from 'node:path'
import { estimate } from '../operations/statistics.ts'
import type { Rows } from '../tables.ts'
import { runChild } from './child.ts'

interface Cursors {
  readonly cpuUs: number
  readonly heapKB: number
  readonly rssKB: number
}

const PAIRS = 3

/** What so many open cursors cost, each: medians of processes by turns. */
export async function measureCursors(
  folder: string,
  uris: string,
  counts: readonly number[],
  tell: (fraction: number) => void,
): Promise<Rows> {
  const rows: Rows = {}
  for (const [i, count] of counts.entries()) {
    tell(i / counts.length)
    rows[count] = await rowOf(join(folder, 'cursors.jsonl'), uris, count)
  }
  return rows
}

/** A server may refuse to hold so many: then that is what is known. */
async function rowOf(file: string, uris: string, count: number) {
  const run = (more: readonly string[]) =>
    runChild<Cursors>('hold-cursors.ts', [String(count), ...more], {
      flags: ['--expose-gc'],
      env: { MONGOWATCH_BENCH_URI: uris },
    })
  const bare: Cursors[] = []
  const on: Cursors[] = []
  try {
    while (on.length < PAIRS) {
      bare.push(await run([]))
      on.push(await run([file]))
    }
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) }
  }
  const median = (all: readonly Cursors[], key: keyof Cursors) =>
    Number(estimate(all.map(one => one[key])).median.toFixed(1))
  return {
    'CPU us, bare': median(bare, 'cpuUs'),
    'CPU us, on': median(on, 'cpuUs'),
    'heap KB, bare': median(bare, 'heapKB'),
    'heap KB, on': median(on, 'heapKB'),
  }
}
