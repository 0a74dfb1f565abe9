/**
 * What the preload costs a process at its start: CPU time and memory of
 * programs with and without it, run by turns.
 *
 *     npm run bench:startup [-- NODE...]
 */
import { execFileSync, type StdioOptions } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const RUNS = 20
const ROOT = resolve(__dirname, '..')

const FOLDER = mkdtempSync(join(tmpdir(), 'mongowatch-startup-'))
const YAML = join(FOLDER, 'mongowatch.yaml')
writeFileSync(
  YAML,
  `version: 1\nhandlers: { audit: { class: file, filename: ${FOLDER}/audit.jsonl } }\n`,
)

/** Flags of Node, and the configuration file if there is one. */
const PRELOADS: Record<string, readonly [flags: string[], config: string]> = {
  bare: [[], ''],
  '--require': [['--require', join(ROOT, 'register.cjs')], ''],
  '--import': [['--import', join(ROOT, 'register.mjs')], ''],
  'with a YAML file': [['--require', join(ROOT, 'register.cjs')], YAML],
}

const PROGRAMS: Record<string, string> = {
  'node -e 0': '0',
  "node -e require('mongodb')": "require('mongodb')",
  // the driver itself refuses what is no list: a record without a server
  'first record': `
    const { MongoClient } = require('mongodb')
    const client = new MongoClient('mongodb://127.0.0.1:1')
    client.db('shop').collection('orders').insertMany('none').catch(() => {})`,
}

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
  require('node:fs').writeSync(1, '\\n' + JSON.stringify(sample))
})`

const nodes = process.argv.slice(2)
if (nodes.length === 0) nodes.push(process.execPath)
for (const node of nodes) {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' })
  for (const [title, program] of Object.entries(PROGRAMS)) {
    console.log(`${title}, Node ${version.trim()}, median of ${RUNS} runs`)
    console.table(compare(node, program))
  }
}
rmSync(FOLDER, { recursive: true })

function compare(node: string, program: string): Record<string, object> {
  const names = Object.keys(PRELOADS)
  const samples = new Map(names.map(name => [name, [] as Sample[]]))
  for (let i = 0; i < RUNS; i++) {
    for (const [name, all] of samples) {
      const [flags = [], config = ''] = PRELOADS[name] ?? []
      all.push(run(node, [...flags, '-e', program + MEASURE], config))
    }
  }
  const bare = medians(samples.get('bare') ?? [])
  const rows = [...samples].map(([name, all]) => {
    const { cpu, rss } = medians(all)
    return [
      name,
      {
        'CPU ms': round(cpu),
        'more than bare': round(cpu - bare.cpu),
        'RSS MB': round(rss),
        'more MB': round(rss - bare.rss),
      },
    ]
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

function medians(samples: readonly Sample[]): Sample {
  return {
    cpu: median(samples.map(sample => sample.cpu)),
    rss: median(samples.map(sample => sample.rss)),
  }
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
