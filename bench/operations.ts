/**
 * What mongowatch costs an operation, beside what users would pick instead.
 *
 *     npm run bench [-- --full | --short | --pair | --driver=VERSION] [OPERATION...]
 *
 * `--pair` compares only `on` with `off`, on one copy of the driver.
 * Uses the server of MONGOWATCH_TEST_URI, or starts one. Writes
 * bench/results.json and bench/results.svg, but for `--short` and `--pair`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { startProgress } from '../src/cli/progress.ts'
import { startServer } from '../src/cli/server/start.ts'
import { driverPath } from '../test/fixtures/packages.ts'
import { createCalls } from './operations/calls.ts'
import type { Contestant } from './operations/contestant.ts'
import { fill, measure } from './operations/measure.ts'
import { watchedContestants } from './operations/mongowatch.ts'
import { plainContestants, telemetryContestant } from './operations/others.ts'
import { header, printTable, type Result, save } from './operations/report.ts'
import { missed, withoutServer } from './operations/without-server.ts'

const flags = process.argv.slice(2).filter(arg => arg.startsWith('--'))
const wanted = process.argv.slice(2).filter(arg => !arg.startsWith('--'))
const isFull = flags.includes('--full')
const isShort = flags.includes('--short')
const isPair = flags.includes('--pair')
const version = flags.find(flag => flag.startsWith('--driver='))?.slice(9)

/** The contestants of the short form. */
const SHORT = ['bare', 'bare, again', 'off', 'on']
const PAIR = ['off', 'on']

const folder = mkdtempSync(join(tmpdir(), 'mongowatch-bench-'))
void main().finally(() => rmSync(folder, { recursive: true, force: true }))

async function main(): Promise<void> {
  const root =
    version === undefined
      ? dirname(require.resolve('mongodb/package.json'))
      : await driverPath(version)
  const facts = header(root)
  console.log(Object.values(facts).join(', '))
  const alone = await withoutServer(root, folder, isShort ? 8 : 20)
  printTable(alone)
  const server = await startServer()
  const results = [alone]
  try {
    const all = await createContestants(root, server.uri)
    const contestants = all.filter(({ name }) => isChosen(name))
    for (const [operation, call] of Object.entries(chosenCalls())) {
      await fill(contestants[0] as Contestant, call.documents)
      const bar = await startProgress(process.stderr)
      const seconds = isShort ? 15 : isFull ? 120 : 40
      const figures = await measure(call, contestants, seconds, bar.update)
      bar.stop()
      const result: Result = { operation, figures }
      results.push(result)
      printTable(result)
    }
    await Promise.all(all.map(({ client }) => client.close()))
  } finally {
    await server.stop()
  }
  if (isPair) return
  if (!isShort) save({ ...facts, server: server.kind }, results)
  else sayMissed(missed(alone))
}

function isChosen(contestant: string): boolean {
  if (isPair) return PAIR.includes(contestant)
  return !isShort || SHORT.includes(contestant)
}

function sayMissed(names: readonly string[]): void {
  if (names.length === 0) return
  console.error(`more than twice the target: ${names.join(', ')}`)
  process.exitCode = 1
}

function chosenCalls() {
  const names = isShort ? ['findOne', 'insertOne'] : wanted
  const calls = Object.entries(createCalls(isFull ? 100_000 : 5_000))
  const chosen = calls.filter(([name]) => names.includes(name))
  return Object.fromEntries(names.length === 0 ? calls : chosen)
}

async function createContestants(
  root: string,
  uri: string,
): Promise<Contestant[]> {
  const plain = await plainContestants(root, uri, folder)
  const watched = await watchedContestants(root, uri, folder)
  if (isShort || isPair) return [...plain, ...watched]
  return [...plain, ...watched, await telemetryContestant(root, uri)]
}
