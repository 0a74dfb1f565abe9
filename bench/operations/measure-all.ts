import type { Phases } from '../phases.ts'
import { type Call, createCalls } from './calls.ts'
import type { Connect, Contestant } from './contestant.ts'
import { versionOf } from './drivers.ts'
import { fill, measure } from './measure.ts'
import { watchedContestants } from './mongowatch.ts'
import { byHand, plainContestants, telemetryContestant } from './others.ts'
import { printTable, type Result } from './report.ts'

/** As growth's program without tsx needs it too, it is no TypeScript. */
const {
  StoredAnswers,
}: {
  StoredAnswers: new () => {
    isOn: boolean
    startAnew(): void
    install(root: string): void
  }
} = require('./stored-answers.cjs')

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
  /** Answers are those that the server gave the first time. */
  readonly isStored?: boolean
  /** Follows the operation in the name of the result. */
  readonly note?: string
  /** At most so long for one operation. */
  readonly seconds: number
  readonly phases: Phases
}

/** What the name of an operation ends with when its answers are stored. */
export const STORED = ', stored answer'

/**
 * Operations on one driver, each printed when it is done; nothing stays on the
 * server.
 */
export async function measureAll(plan: Plan): Promise<Result[]> {
  const { root, few, operations } = plan
  const answers = new StoredAnswers()
  const all = await createContestants(plan, client => {
    if (plan.isStored) answers.install(root)
    return client.connect()
  })
  const contestants = all.filter(({ name }) => few?.includes(name) ?? true)
  const [first] = all
  const calls = createCalls()
  const results: Result[] = []
  for (const operation of first ? operations : []) {
    const call = calls[operation]
    if (call === undefined) throw new Error(`unknown operation ${operation}`)
    answers.isOn = false
    await fill(first as Contestant, call.documents)
    if (plan.isStored) answers.startAnew()
    results.push(await measureOne(plan, operation, call, contestants))
  }
  answers.isOn = false
  await first?.client.db('mongowatch_bench').dropDatabase()
  // contestants share them, and 5.x may not be asked twice at the same time
  const clients = new Set(all.map(({ client }) => client))
  for (const client of clients) await client.close()
  return results
}

async function measureOne(
  { root, seconds, isStored, note = '', phases }: Plan,
  name: string,
  call: Call,
  contestants: readonly Contestant[],
): Promise<Result> {
  const operation = (isStored ? name + STORED : name) + note
  const driver = versionOf(root)
  const bar = await phases.start(`${operation}, mongodb ${driver}`)
  const figures = await measure(call, contestants, seconds, bar.update)
  bar.stop()
  const result = { operation, driver, figures }
  printTable(result)
  return result
}

async function createContestants(
  { root, uri, folder, few }: Plan,
  connect: Connect,
): Promise<Contestant[]> {
  const plain = await plainContestants(root, uri, folder, connect)
  const watched = await watchedContestants(root, uri, folder, connect)
  const hand = watched
    .filter(({ name }) => name === 'off')
    .flatMap(off => byHand(off, folder))
  const all = [...plain, ...watched, ...hand]
  if (few !== undefined && !few.includes('OpenTelemetry')) return all
  return [...all, await telemetryContestant(root, uri, connect)]
}
