import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { estimate } from '../operations/statistics.ts'
import type { Rows } from '../tables.ts'
import { runChild } from './child.ts'

/** Megabytes, by the number of operations done by then. */
type Memory = Readonly<
  Record<string, { readonly rss: number; readonly heap: number }>
>

const PRELOAD = resolve(__dirname, '../../register.cjs')
const PAIRS = 3

/**
 * Memory of a program that calls `findOne` so often, bare and with the preload
 * and a file handler: pairs at the same time, medians of their differences.
 */
export async function measureMemory(
  folder: string,
  uri: string,
  count: number,
  kind: 'STORED' | 'SERVER',
  tell: (fraction: number) => void,
): Promise<Rows> {
  const config = join(folder, 'memory.yaml')
  const file = JSON.stringify(join(folder, 'memory.jsonl'))
  const handlers = `{ audit: { class: file, filename: ${file} } }`
  writeFileSync(config, `version: 1\nhandlers: ${handlers}\n`)
  const run = (flags: readonly string[]) =>
    runChild<Memory>('find-many.cjs', [String(count), kind], {
      flags: ['--expose-gc', ...flags],
      env: { MONGOWATCH_BENCH_URI: uri, MONGOWATCH_CONFIG: config },
    })
  const pairs: (readonly [bare: Memory, on: Memory])[] = []
  while (pairs.length < PAIRS) {
    const both = [run([]), run(['--require', PRELOAD])] as const
    pairs.push(await Promise.all(both))
    tell(pairs.length / PAIRS)
  }
  const [first] = pairs
  const counts = Object.keys(first?.[0] ?? {})
  return Object.fromEntries(counts.map(n => [n, rowOf(pairs, n, counts[0])]))
}

function rowOf(
  pairs: readonly (readonly [bare: Memory, on: Memory])[],
  count: string,
  begin = count,
) {
  const median = (of: (bare: Memory, on: Memory) => number) =>
    Number(estimate(pairs.map(([bare, on]) => of(bare, on))).median.toFixed(1))
  const at = (memory: Memory, n = count) => memory[n]?.rss ?? Number.NaN
  const heap = (memory: Memory) => memory[count]?.heap ?? Number.NaN
  const grown = (memory: Memory) => at(memory) - at(memory, begin)
  return {
    'RSS, bare': median(bare => at(bare)),
    'RSS, on': median((_, on) => at(on)),
    'over bare': median((bare, on) => at(on) - at(bare)),
    'grown, bare': median(bare => grown(bare)),
    'grown, on': median((_, on) => grown(on)),
    'grown more': median((bare, on) => grown(on) - grown(bare)),
    'heap, bare': median(bare => heap(bare)),
    'heap, on': median((_, on) => heap(on)),
  }
}
