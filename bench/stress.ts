/**
 * Many writers on one rotating file, with mongowatch and with what winston
 * has, in the same run: `npm run stress`. 25,000 records of each of 8 writers
 * need about 2.5 GB of disk at a time; `--short` writes a tenth, and
 * `--only disk` runs the scenarios with that in their name. Ends with 1 when
 * mongowatch breaks a promise.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Counted, countLines, foundOf } from './stress/count-lines.ts'

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    folder: { type: 'string', default: tmpdir() },
    only: { type: 'string', default: '' },
  },
})
const COUNT = values.short ? 2_500 : 25_000
const MAX_BYTES = 5 * 1024 * 1024
const RECORD_BYTES = 65_536
/** What each writer may add when it has just looked at the size. */
const OVER_BYTES = 128 * 1024 + RECORD_BYTES + 1_024
const WRITER = join(__dirname, 'stress', 'writer.cjs')
const CHAINED = 'mongowatch, chain'
const SINKS = [
  'mongowatch',
  CHAINED,
  'winston File',
  'winston-daily-rotate-file',
]
const VERIFY = [join(__dirname, '..', 'bin', 'mongowatch.js'), 'verify']

const WRITERS = 8
const DISK_BYTES = 8 * 1024 * 1024
const DISK_COUNT = 20_000

interface Row {
  readonly expected: number
  readonly found: number
  readonly torn: number
  readonly doubled: number
  readonly lost: number
  /** What `$drop` records say was lost. */
  readonly said: number
  readonly largest: string
  /** What the largest may be at most. */
  readonly bound: string
  readonly seconds: number
  /** What `mongowatch verify` says of it. */
  verify?: string
}

/** Some sinks put a date behind the name. */
function hasBegun(folder: string): boolean {
  return readdirSync(folder).some(name => name.startsWith('audit.log'))
}

type Scenario = (sink: string, folder: string) => Promise<Row>

const SCENARIOS: Record<string, Scenario> = {
  [`8 processes x ${COUNT}, 5 MB rotation`]: async (sink, folder) => {
    const began = Date.now()
    const writers = names(WRITERS)
    await Promise.all(start(sink, folder, writers).map(ended))
    return row(await countLines(folder), writers, began)
  },

  'the same, 4 of 8 killed: the other 4': async (sink, folder) => {
    const began = Date.now()
    const writers = names(WRITERS)
    const children = start(sink, folder, writers)
    const victims = children.slice(4)
    const timer = setInterval(() => {
      if (hasBegun(folder)) victims.pop()?.kill('SIGKILL')
    }, 150)
    await Promise.all(children.map(ended))
    clearInterval(timer)
    return row(await countLines(folder), writers.slice(0, 4), began, {
      bound: boundOf(WRITERS),
    })
  },

  [`4 threads x ${COUNT}, 5 MB rotation`]: async (sink, folder) => {
    const began = Date.now()
    const [child] = start(sink, folder, ['w0'], { threads: 4 })
    if (child !== undefined) await ended(child)
    const writers = names(4).map((_, i) => `w0.${i}`)
    return row(await countLines(folder), writers, began)
  },
}

function names(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `w${i}`)
}

function start(
  sink: string,
  folder: string,
  writers: readonly string[],
  more: object = {},
): ChildProcess[] {
  return writers.map(name => {
    const options = {
      sink,
      file: join(folder, 'audit.log'),
      name,
      count: COUNT,
      recordBytes: RECORD_BYTES,
      maxBytes: MAX_BYTES,
      ...more,
    }
    return spawn(process.execPath, [WRITER, JSON.stringify(options)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  })
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise(resolve => child.once('close', () => resolve()))
}

function row(
  counted: Counted,
  writers: readonly string[],
  began: number,
  { count = COUNT, bound = boundOf(writers.length) } = {},
): Row {
  const found = writers.reduce((sum, name) => sum + foundOf(counted, name), 0)
  const expected = writers.length * count
  return {
    expected,
    found,
    torn: counted.torn,
    doubled: counted.doubled,
    lost: expected - found,
    said: counted.dropped,
    largest: megabytes(counted.largest),
    bound: megabytes(bound),
    seconds: Math.round((Date.now() - began) / 100) / 10,
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

/** See docs/guarantees.md, Rotation. */
function boundOf(writers: number): number {
  return 1.05 * MAX_BYTES + writers * OVER_BYTES
}

/** What mongowatch has promised; a killed writer may leave a piece of a line. */
function isKept(name: string, row: Row): boolean {
  const isIntact = row.verify?.startsWith('intact') ?? true
  const isWhole = row.torn === 0 || name.includes('killed')
  const isSmall = Number.parseFloat(row.largest) <= Number.parseFloat(row.bound)
  const isTold = row.lost === row.said && row.doubled === 0
  return isIntact && isWhole && isSmall && isTold
}

/** On a file system of 8 MB, of which 7.5 are taken for a while. */
async function fullDisk(sink: string, folder: string): Promise<Row> {
  const began = Date.now()
  const disk = join(folder, 'disk')
  const copy = join(folder, 'copy')
  mkdirSync(disk)
  mkdirSync(copy)
  const options = {
    sink,
    file: join(disk, 'audit.log'),
    name: 'w0',
    count: DISK_COUNT,
    recordBytes: 800,
    queue: { max_records: 2_000 },
    fillBytes: 7_500_000,
    freeFile: join(disk, 'filler'),
    pauseAfter: 15_000,
  }
  const script = `mount -t tmpfs -o size=8m none "$1" &&
    "$2" "$3" "$4"; cp "$1"/audit* "$5"`
  spawnSync(
    'unshare',
    [
      ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']),
      ...['--mount', 'sh', '-c', script, 'sh', disk],
      ...[process.execPath, WRITER, JSON.stringify(options), copy],
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const bounds = { count: DISK_COUNT, bound: DISK_BYTES }
  return row(await countLines(copy), ['w0'], began, bounds)
}

function verify(folder: string): string {
  const copy = join(folder, 'copy')
  const place = existsSync(copy) ? copy : folder
  const files = readdirSync(place)
    .filter(name => /^audit/.test(name) && !name.includes('.lock'))
    .map(name => join(place, name))
  const ran = spawnSync(process.execPath, [...VERIFY, ...files], {
    encoding: 'utf8',
  })
  return ran.stdout.split('\n')[0] ?? ran.stderr
}

async function main(): Promise<void> {
  SCENARIOS[`1 process x ${DISK_COUNT}, disk full, then free`] = fullDisk
  for (const [name, scenario] of Object.entries(SCENARIOS)) {
    if (!name.includes(values.only)) continue
    console.log(`\n${name}`)
    const rows: Record<string, Row> = {}
    for (const sink of SINKS) {
      const folder = mkdtempSync(join(values.folder, 'mongowatch-stress-'))
      try {
        const row = await scenario(sink, folder)
        if (sink === CHAINED) row.verify = verify(folder)
        rows[sink] = row
        if (sink.startsWith('mongowatch') && !isKept(name, row)) {
          process.exitCode = 1
        }
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    }
    console.table(rows)
  }
}

main().catch(error => {
  console.error(error)
  process.exitCode = 1
})
