import { join } from 'node:path'
import type { ClientSession, MongoClient } from 'mongodb'
import type { Call } from './calls.ts'
import type { Contestant } from './contestant.ts'
import { loadCopy, versionOf } from './drivers.ts'
import { measure } from './measure.ts'
import { watchedContestants } from './mongowatch.ts'
import type { Result } from './report.ts'

const sessions = new WeakMap<MongoClient, ClientSession>()

/**
 * An operation that the driver answers alone. Everything of ours happens as for
 * one that a server answers, so that what it costs is known to a tenth of a
 * microsecond; but with its code in the processor's caches, which the work
 * for a server's answer empties.
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
}

/** Measures it with every contestant that needs no server. */
export async function withoutServer(
  root: string,
  folder: string,
  seconds: number,
): Promise<Result> {
  const uri = 'mongodb://127.0.0.1:1'
  const bare = (name: string): Contestant => ({
    name,
    client: new (loadCopy(root).MongoClient)(uri),
  })
  const watched = await watchedContestants(
    root,
    uri,
    join(folder, 'without a server'),
    async client => client,
  )
  const contestants = [bare('bare'), bare('bare, again'), ...watched]
  const figures = await measure(CALL, contestants, seconds, () => {})
  return {
    operation: 'abortTransaction, no server',
    driver: versionOf(root),
    figures,
  }
}
