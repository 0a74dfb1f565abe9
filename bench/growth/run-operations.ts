// Memory before and after COUNT operations; watched if FILE is given.
import { dirname } from 'node:path'
import { createWatched } from './watched.ts'

const [count = '0', file = ''] = process.argv.slice(2)
void main()

async function main(): Promise<void> {
  const root = dirname(require.resolve('mongodb/package.json'))
  const { client, flush } = createWatched(root, 'mongodb://127.0.0.1:1', file)
  const session = client.startSession()
  await run(20_000)
  const before = settled()
  await run(Number(count))
  flush()
  const after = settled()
  console.log(
    JSON.stringify({ rss: after.rss, heap: after.heap - before.heap }),
  )
  process.exit(0)

  async function run(operations: number): Promise<void> {
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
