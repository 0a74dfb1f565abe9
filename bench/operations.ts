/**
 * What mongowatch costs, beside what users would pick instead.
 *
 *     npm run bench [-- --short | --pair | --full | --driver=VERSION
 *         | --seconds=N | --count=N] [OPERATION...]
 *
 * Without an operation, the whole: the start of a process, operations whose
 * answer is stored, every operation on a server with the newest driver,
 * findOne and a scan with the newest of 6, 5 and 4, and what grows; in about
 * 25 minutes, or with `--full` (see growth.ts) in an hour. Only that writes
 * bench/results.json and bench/results.svg.
 *
 * `--pair` compares only `on` and a line written by hand with `off`, on one
 * copy of the driver. Uses the server of MONGOWATCH_TEST_URI, or starts one.
 * An operation takes 25 seconds at most, or `--seconds`;
 * memory is measured after a million `findOne`, or `--count`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { startServer } from '../dist/cli/server/start.js'
import { driverPath } from '../test/fixtures/packages.ts'
import { header } from './operations/report.ts'
import { save } from './operations/save.ts'
import { serverFacts } from './operations/server-facts.ts'
import { Phases } from './phases.ts'
import { measureShort } from './short.ts'
import { measurePart, measureWhole, phasesOf } from './whole.ts'

const flags = process.argv.slice(2).filter(arg => arg.startsWith('--'))
const wanted = process.argv.slice(2).filter(arg => !arg.startsWith('--'))
const given = (flag: string) =>
  flags.find(each => each.startsWith(`--${flag}=`))?.slice(flag.length + 3)
const version = given('driver')
const isPair = flags.includes('--pair')
const isPart = isPair || version !== undefined || wanted.length > 0

const folder = mkdtempSync(join(tmpdir(), 'mongowatch-bench-'))
void main().finally(() => rmSync(folder, { recursive: true, force: true }))

async function main(): Promise<void> {
  const root =
    version === undefined
      ? dirname(require.resolve('mongodb/package.json'))
      : await driverPath(version)
  const server = await startServer()
  const { uri } = server
  try {
    const seconds = Number(given('seconds') ?? 25)
    const time = `${seconds} s an operation at most`
    const facts = { ...header(root), server: await serverFacts(uri), time }
    console.log(Object.values(facts).join(', '))
    const count = Number(given('count') ?? 1e6)
    const isFull = flags.includes('--full')
    const run = { root, uri, folder, seconds, isFull, isPair, count }
    if (flags.includes('--short')) return await measureShort(run)
    const phases = new Phases(phasesOf(wanted, isPart, isFull))
    if (isPart) return await measurePart({ ...run, phases }, wanted)
    save({ facts, ...(await measureWhole({ ...run, phases })) })
  } finally {
    await server.stop()
  }
}
