/**
 * What mongowatch costs, beside what users would pick instead.
 *
 *     npm run bench [-- --short | --pair | --driver=VERSION | --seconds=N]
 *         [OPERATION...]
 *
 * Without an operation: the start of a process, every operation on the newest
 * driver, findOne and scan on the newest of 6, 5 and 4, and what grows.
 * `--pair` compares only `on` and a line written by hand with `off`, on one
 * copy of the driver. Uses the server of MONGOWATCH_TEST_URI, or starts one.
 * An operation takes a minute at most, or `--seconds`. With all contestants it
 * writes bench/results.json and bench/results.svg, which shows findOne.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { startServer } from '../dist/cli/server/start.js'
import { driverPath } from '../test/fixtures/packages.ts'
import { measureGrowth } from './growth/measure.ts'
import { createCalls } from './operations/calls.ts'
import { measureAll } from './operations/measure-all.ts'
import { BY_HAND } from './operations/others.ts'
import { header, printTable, save } from './operations/report.ts'
import { withoutServer } from './operations/without-server.ts'
import { measureShort } from './short.ts'
import { measureStartUp } from './startup/measure.ts'
import { showTables } from './tables.ts'

const flags = process.argv.slice(2).filter(arg => arg.startsWith('--'))
const wanted = process.argv.slice(2).filter(arg => !arg.startsWith('--'))
const isShort = flags.includes('--short')
const isPair = flags.includes('--pair')
const given = (flag: string) =>
  flags.find(each => each.startsWith(`--${flag}=`))?.slice(flag.length + 3)
const version = given('driver')
const isPart = isShort || isPair || version !== undefined
const isWhole = !isPart && wanted.length === 0

/** The newest of each older major, and what is measured on them. */
const OLDER = ['6.22.0', '5.9.2', '4.17.2']
const ON_OLDER = ['findOne', 'scan']
/** Who takes part on older drivers and in the short form. */
const FEW = ['bare', 'bare, again', 'off', 'on']
const PAIR = ['off', 'on', BY_HAND]
const SECONDS = Number(given('seconds') ?? 60)
const START_UP_RUNS = 20

const folder = mkdtempSync(join(tmpdir(), 'mongowatch-bench-'))
void main().finally(() => rmSync(folder, { recursive: true, force: true }))

async function main(): Promise<void> {
  const root =
    version === undefined
      ? dirname(require.resolve('mongodb/package.json'))
      : await driverPath(version)
  const facts = header(root)
  console.log(Object.values(facts).join(', '))
  const startUp = isWhole ? measureStartUp(process.execPath, START_UP_RUNS) : {}
  showTables(startUp)
  if (isShort) return await measureShort(root, folder, FEW)
  const alone = await withoutServer(root, folder, 20)
  printTable(alone)
  const server = await startServer()
  const { uri } = server
  const plan = { root, uri, folder, few: isPair ? PAIR : undefined }
  try {
    const names = Object.keys(createCalls())
    const operations = wanted.length === 0 ? names : wanted
    const measured = await measureAll({ ...plan, operations, seconds: SECONDS })
    for (const older of isWhole ? OLDER : []) {
      const rest = { operations: ON_OLDER, few: FEW, seconds: SECONDS }
      const path = await driverPath(older)
      measured.push(...(await measureAll({ ...plan, root: path, ...rest })))
    }
    const growth = isWhole
      ? await measureGrowth({ root, uri, isFull: false }, showTables)
      : {}
    const results = [alone, ...measured]
    if (isPair) return
    save({ ...facts, server: server.kind }, { results, startUp, growth })
  } finally {
    await server.stop()
  }
}
