/**
 * What mongowatch costs an operation, beside what users would pick instead.
 *
 *     npm run bench [-- --short | --pair | --driver=VERSION] [OPERATION...]
 *
 * Without arguments: every operation on the newest driver, then findOne and
X * one copy of the driver. Uses the server of MONGOWATCH_TEST_URI, or starts
 * one. Writes bench/results.json and bench/results.svg, but for `--short` and
 * `--pair`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { startProgress } from '../src/cli/progress.ts'
import { startServer } from '../src/cli/server/start.ts'
import { driverPath } from '../test/fixtures/packages.ts'
import { createCalls } from './operations/calls.ts'
import type { Contestant } from './operations/contestant.ts'
import { versionOf } from './operations/drivers.ts'
import { fill, measure } from './operations/measure.ts'
import { watchedContestants } from './operations/mongowatch.ts'
import {
  BY_HAND,
  byHand,
  plainContestants,
  telemetryContestant,
} from './operations/others.ts'
import { header, printTable, type Result, save } from './operations/report.ts'
import { missed, withoutServer } from './operations/without-server.ts'

const flags = process.argv.slice(2).filter(arg => arg.startsWith('--'))
const wanted = process.argv.slice(2).filter(arg => !arg.startsWith('--'))
const isShort = flags.includes('--short')
const isPair = flags.includes('--pair')
const version = flags.find(flag => flag.startsWith('--driver='))?.slice(9)

/** The newest of each older major, and what is measured on them. */
const OLDER = ['6.22.0', '5.9.2', '4.17.2']
const ON_OLDER = ['findOne', 'scan']
/** Who takes part in the short form, and on older drivers. */
const FEW = ['bare', 'bare, again', 'off', 'on']
const PAIR = ['off', 'on', BY_HAND]
/** At most so long for one operation. */
const SECONDS = isShort ? 15 : 60

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
    results.push(...(await measureAll(root, server.uri, chosenCalls())))
    const isWhole = !isShort && !isPair && version === undefined
    for (const older of isWhole && wanted.length === 0 ? OLDER : []) {
      const path = await driverPath(older)
      results.push(...(await measureAll(path, server.uri, ON_OLDER, FEW)))
    }
  } finally {
    await server.stop()
  }
  if (isPair) return
  if (!isShort) save({ ...facts, server: server.kind }, results)
  else sayMissed(missed(alone))
}

/** These operations on one driver, with all contestants or a few of them. */
async function measureAll(
  root: string,
  uri: string,
  operations: readonly string[],
  few = isShort ? FEW : isPair ? PAIR : undefined,
): Promise<Result[]> {
  const all = await createContestants(root, uri, few !== undefined)
  const contestants = all.filter(({ name }) => few?.includes(name) ?? true)
  const calls = createCalls()
  const results: Result[] = []
  for (const operation of operations) {
    const call = calls[operation]
    if (call === undefined) throw new Error(`unknown operation ${operation}`)
    await fill(all[0] as Contestant, call.documents)
    const bar = await startProgress(process.stderr)
    const figures = await measure(call, contestants, SECONDS, bar.update)
    bar.stop()
    const result = { operation, driver: versionOf(root), figures }
    results.push(result)
    printTable(result)
  }
  await Promise.all(all.map(({ client }) => client.close()))
  return results
}

function sayMissed(names: readonly string[]): void {
  if (names.length === 0) return
  console.error(`more than twice the target: ${names.join(', ')}`)
  process.exitCode = 1
}

function chosenCalls(): readonly string[] {
  if (isShort) return ['findOne', 'insertOne']
  return wanted.length === 0 ? Object.keys(createCalls()) : wanted
}

async function createContestants(
  root: string,
  uri: string,
  isFew: boolean,
): Promise<Contestant[]> {
  const plain = await plainContestants(root, uri, folder)
  const watched = await watchedContestants(root, uri, folder)
  const hand = watched
    .filter(({ name }) => name === 'off')
    .map(off => byHand(off, folder))
  const all = [...plain, ...watched, ...hand]
  return isFew ? all : [...all, await telemetryContestant(root, uri)]
}
