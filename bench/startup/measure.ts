import { execFileSync, type StdioOptions } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Phases } from '../phases.ts'

const ROOT = resolve(__dirname, '../..')
/** Node without the preload. */
export const BARE = 'bare'

/** The preload with a configuration file; the others have none. */
const WITH_FILE = 'with a YAML file'

const REQUIRE = ['--require', join(ROOT, 'register.cjs')]

/** Flags of Node. */
const PRELOADS: Readonly<Record<string, readonly string[]>> = {
  [BARE]: [],
  '--require': REQUIRE,
  '--import': ['--import', join(ROOT, 'register.mjs')],
  [WITH_FILE]: REQUIRE,
}

/** Figures by preload. */
type Preloads = Record<string, Record<string, number>>

/** And those by program. */
export type StartUp = Record<string, Preloads>

/** One run; milliseconds of user and system time, and megabytes. */
interface Sample {
  cpu: number
  rss: number
}

/** Appended to a program: it measures itself when all is done. */
const MEASURE = `
process.on('exit', () => {
  const { user, system } = process.cpuUsage()
  const sample = { cpu: (user + system) / 1e3, rss: process.memoryUsage.rss() / 1e6 }
  process.getBuiltinModule('node:fs').writeSync(1, '\\n' + JSON.stringify(sample))
})`

// the driver itself refuses what is no list: a record without a server
const REFUSED = `
const client = new MongoClient('mongodb://127.0.0.1:1')
client.db('shop').collection('orders').insertMany('none').catch(() => {})`
/** The program that has a target; the same is done in ESM. */
export const FIRST_RECORD = 'first record written'

const ESM = ['--input-type=module', '-e']

/** What follows the flags of Node, by what it does. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  'no driver': ['-e', MEASURE],
  'no driver, ESM': [...ESM, MEASURE],
  'driver loaded': ['-e', `require('mongodb')${MEASURE}`],
  [FIRST_RECORD]: [
    '-e',
    `const { MongoClient } = require('mongodb')${REFUSED}${MEASURE}`,
  ],
  [`${FIRST_RECORD}, ESM`]: [
    ...ESM,
    `import { MongoClient } from 'mongodb'${REFUSED}${MEASURE}`,
  ],
}

/**
 * What the preload costs a process at its start: CPU time and memory of
 * programs with and without it, run by turns, as medians of so many runs.
 */
export async function measureStartUp(
  node: string,
  runs: number,
  phases = new Phases(1),
): Promise<StartUp> {
  const folder = mkdtempSync(join(tmpdir(), 'mongowatch-startup-'))
  const config = join(folder, 'mongowatch.yaml')
  const handlers = `{ audit: { class: file, filename: ${folder}/audit.jsonl } }`
  writeFileSync(config, `version: 1\nhandlers: ${handlers}\n`)
  const bar = await phases.start('start of a process')
  const programs = Object.entries(PROGRAMS)
  try {
    const entries = programs.map(([title, args], i) => {
      const tell = (fraction: number) =>
        bar.update((i + fraction) / programs.length)
      return [title, compare(node, args, config, runs, tell)] as const
    })
    return Object.fromEntries(entries)
  } finally {
    bar.stop()
    rmSync(folder, { recursive: true })
  }
}

function compare(
  node: string,
  program: readonly string[],
  config: string,
  runs: number,
  tell: (fraction: number) => void,
): Preloads {
  const names = Object.keys(PRELOADS)
  const samples = new Map(names.map(name => [name, [] as Sample[]]))
  for (let i = 0; i < runs; i++) {
    for (const [name, all] of samples) {
      const args = [...(PRELOADS[name] ?? []), ...program]
      all.push(run(node, args, name === WITH_FILE ? config : ''))
    }
    tell((i + 1) / runs)
  }
  const bare = samples.get(BARE) ?? []
  const rows = [...samples].map(([name, all]) => {
    const of = (key: keyof Sample) => median(all.map(one => one[key]))
    // by round, as the machine is faster in one than in another
    const more = (key: keyof Sample) =>
      median(all.map((one, i) => one[key] - (bare[i]?.[key] ?? Number.NaN)))
    const figures = {
      'CPU ms': of('cpu'),
      'more than bare': more('cpu'),
      'RSS MB': of('rss'),
      'more MB': more('rss'),
    }
    return [name, figures]
  })
  return Object.fromEntries(rows)
}

function run(node: string, args: string[], config: string): Sample {
  const env = { ...process.env, MONGOWATCH_CONFIG: config }
  const stdio: StdioOptions = ['ignore', 'pipe', 'ignore']
  const options = { cwd: ROOT, env, encoding: 'utf8', stdio } as const
  const output = execFileSync(node, args, options)
  return JSON.parse(output.slice(output.lastIndexOf('\n')))
}

function median(values: number[]): number {
  const middle = values.sort((a, b) => a - b)[values.length >> 1]
  return Math.round((middle ?? Number.NaN) * 10) / 10
}
