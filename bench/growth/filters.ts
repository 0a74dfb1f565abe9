import type { Call } from '../operations/calls.ts'
import { loadCopy } from '../operations/drivers.ts'
import { measure } from '../operations/measure.ts'
import { watchedContestants } from '../operations/mongowatch.ts'

const SIZES = [1, 100, 10_000]

/**
 * What filters of 1, 100 and 10,000 keys cost: an update that the driver
 * refuses itself, so that nothing but mongowatch looks at the filter.
 */
export async function measureFilters(
  root: string,
  folder: string,
  seconds: number,
  tell: (fraction: number) => void,
) {
  const uri = 'mongodb://127.0.0.1:1'
  const connect = async <T>(client: T) => client
  const watched = await watchedContestants(root, uri, folder, connect)
  const on = watched.find(({ name }) => name === 'on')
  if (on === undefined) throw new Error('mongowatch is not among them')
  const bare = { name: 'bare', client: new (loadCopy(root).MongoClient)(uri) }
  const rows: Record<string, Record<string, number>> = {}
  for (const [i, size] of SIZES.entries()) {
    const figures = await measure(callWith(size), [bare, on], seconds, part =>
      tell((i + part) / SIZES.length),
    )
    const [first, second] = figures
    rows[size] = {
      'CPU us, bare': Number(first?.cpu.median.toFixed(1)),
      'added us': Number(second?.added.median.toFixed(1)),
    }
  }
  return rows
}

function callWith(size: number): Call {
  const keys = Array.from({ length: size }, (_, i) => [`key${i}`, i] as const)
  const filter = Object.fromEntries(keys)
  const update = { no: 'operator' }
  return {
    block: 500,
    documents: 0,
    run: rows =>
      Reflect.apply(rows.updateOne, rows, [filter, update]).catch(() => {}),
    asked: () => ({ operation: 'updateOne' }),
  }
}
