import { join } from 'node:path'
import type { Contestant, collectionOf } from './contestant.ts'
import { loadCopy } from './drivers.ts'
import { measure } from './measure.ts'
import { watchedContestants } from './mongowatch.ts'
import type { Result } from './report.ts'

/**
 * The one operation that needs no server: the driver itself refuses documents
 * that are no list. Everything of ours happens as for one that succeeds, so
 * that what it costs is known to a tenth of a microsecond.
 */
export async function withoutServer(
  root: string,
  folder: string,
  seconds: number,
): Promise<Result> {
  const uri = 'mongodb://127.0.0.1:1'
  const bare = new (loadCopy(root).MongoClient)(uri)
  const watched = await watchedContestants(
    root,
    uri,
    join(folder, 'without a server'),
    async client => client,
  )
  const contestants: Contestant[] = [{ name: 'bare', client: bare }, ...watched]
  const call = { block: 2000, documents: 0, run: refusedInsert }
  const figures = await measure(call, contestants, seconds, () => {})
  return { operation: 'insertMany that the driver refuses', figures }
}

function refusedInsert(rows: ReturnType<typeof collectionOf>) {
  return Reflect.apply(rows.insertMany, rows, ['no list']).catch(() => {})
}

/** Microseconds per operation, as medians on a machine of two cores. */
export const TARGETS: Readonly<Record<string, number>> = {
  off: 0.3,
  on: 4,
  written: 8,
  write_ahead: 14,
}

/** The contestants that need more than twice their target. */
export function missed({ figures }: Result): string[] {
  return figures
    .filter(({ contestant, added }) => {
      const target = TARGETS[contestant]
      return target !== undefined && added.median > 2 * target
    })
    .map(({ contestant }) => contestant)
}
