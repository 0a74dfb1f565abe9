import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClientSession, MongoClient } from 'mongodb'
import type { Phases } from '../phases.ts'
import type { Call } from './calls.ts'
import { type Contestant, collectionOf } from './contestant.ts'
import { loadCopy, versionOf } from './drivers.ts'
import { measure } from './measure.ts'
import { auditFile, watchedContestants } from './mongowatch.ts'
import type { Result } from './report.ts'

const sessions = new WeakMap<MongoClient, ClientSession>()

/**
 * An operation that the driver answers alone: the most exact figure, but of
 * the least work. Its record has no namespace, filter or result, and there is
 * hardly a wait in it; `stored-answers.cjs` has those of real operations.
 */
const CALL: Call = {
  block: 2000,
  documents: 0,
  run: (_rows, _i, client) => {
    const session = sessions.get(client) ?? client.startSession()
    sessions.set(client, session)
    session.startTransaction()
    return session.abortTransaction()
  },
  asked: () => ({ operation: 'abortTransaction' }),
}

/** The name of its result. */
export const NAME = 'abortTransaction, no server'

/** Measures it with every contestant that needs no server. */
export async function withoutServer(
  root: string,
  folder: string,
  seconds: number,
  phases: Phases,
): Promise<Result> {
  const uri = 'mongodb://127.0.0.1:1'
  const bare = (name: string): Contestant => ({
    name,
    client: new (loadCopy(root).MongoClient)(uri),
  })
  const own = join(folder, 'without a server')
  const watched = await watchedContestants(root, uri, own, async c => c)
  await proveTwoLines(watched, own)
  const contestants = [bare('bare'), bare('bare, again'), ...watched]
  const bar = await phases.start(NAME)
  const figures = await measure(CALL, contestants, seconds, bar.update)
  bar.stop()
  return { operation: NAME, driver: versionOf(root), figures }
}

/**
 * `write_ahead` is nothing but a second measurement of `written` unless it
 * writes a line before the call as well: better no figure than that one.
 */
async function proveTwoLines(
  watched: readonly Contestant[],
  folder: string,
): Promise<void> {
  const lines = async (name: string) => {
    for (const one of watched.filter(each => each.name === name)) {
      one.enter?.()
      await CALL.run(collectionOf(one), 0, one.client)
      one.leave?.()
    }
    return readFileSync(auditFile(folder, name), 'utf8').split('\n').length - 1
  }
  const [once, twice] = [await lines('written'), await lines('write_ahead')]
  if (once !== 1 || twice !== 2)
    throw new Error(`written ${once} and write_ahead ${twice} lines a call`)
}
