import { startProgress } from '../../dist/cli/progress.js'
import { createCalls } from './calls.ts'
import type { Contestant } from './contestant.ts'
import { versionOf } from './drivers.ts'
import { fill, measure } from './measure.ts'
import { watchedContestants } from './mongowatch.ts'
import { byHand, plainContestants, telemetryContestant } from './others.ts'
import { printTable, type Result } from './report.ts'

/** What is measured, and where. */
export interface Plan {
  /** Folder of a driver. */
  readonly root: string
  readonly uri: string
  /** Where the contestants write. */
  readonly folder: string
  readonly operations: readonly string[]
  /** Names of contestants. @default all of them */
  readonly few: readonly string[] | undefined
  /** At most so long for one operation. */
  readonly seconds: number
}

/** Operations on one driver, each printed when it is done. */
export async function measureAll(plan: Plan): Promise<Result[]> {
  const { root, operations, few, seconds } = plan
  const all = await createContestants(plan)
  const contestants = all.filter(({ name }) => few?.includes(name) ?? true)
  const calls = createCalls()
  const results: Result[] = []
  for (const operation of operations) {
    const call = calls[operation]
    if (call === undefined) throw new Error(`unknown operation ${operation}`)
    await fill(all[0] as Contestant, call.documents)
    const bar = await startProgress(process.stderr)
    const figures = await measure(call, contestants, seconds, bar.update)
    bar.stop()
    const result = { operation, driver: versionOf(root), figures }
    results.push(result)
    printTable(result)
  }
  await Promise.all(all.map(({ client }) => client.close()))
  return results
}

async function createContestants({
  root,
  uri,
  folder,
  few,
}: Plan): Promise<Contestant[]> {
  const plain = await plainContestants(root, uri, folder)
  const watched = await watchedContestants(root, uri, folder)
  const hand = watched
    .filter(({ name }) => name === 'off')
    .map(off => byHand(off, folder))
  const all = [...plain, ...watched, ...hand]
  return few ? all : [...all, await telemetryContestant(root, uri)]
}
