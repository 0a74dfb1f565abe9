// Memory before and after COUNT operations; watched if FILE is given. Without
// a URI they are operations that the driver answers itself.
import { dirname } from 'node:path'
import type { MongoClient } from 'mongodb'
import { createWatched } from './watched.ts'

const [count = '0', uri = '', file = ''] = process.argv.slice(2)
void main()

async function main(): Promise<void> {
  const root = dirname(require.resolve('mongodb/package.json'))
  const address = uri || 'mongodb://127.0.0.1:1'
  const { clients, flush } = createWatched(root, [address], file)
  const client = clients[0] as MongoClient
  const session = client.startSession()
  const rows = client.db('mongowatch_bench').collection<{ _id: number }>('rows')
  const run = uri === '' ? alone : onServer
  await run(20_000)
  const before = settled()
  await run(Number(count))
  flush()
  const after = settled()
  console.log(
    JSON.stringify({ rss: after.rss, heap: after.heap - before.heap }),
  )
  process.exit(0)

  async function onServer(operations: number): Promise<void> {
    for (let i = 0; i < operations; i++) await rows.findOne({ _id: i % 100 })
  }

  async function alone(operations: number): Promise<void> {
    for (let i = 0; i < operations; i++) {
      session.startTransaction()
      await session.abortTransaction()
      // as an application would, which waits for its server now and then
      if (i % 1000 === 0) await new Promise(setImmediate)
    }
  }
}

/** Megabytes, after everything that can be collected was. */
function settled() {
  globalThis.gc?.()
  globalThis.gc?.()
  const { rss, heapUsed } = process.memoryUsage()
  return { rss: rss / 1e6, heap: heapUsed / 1e6 }
}
