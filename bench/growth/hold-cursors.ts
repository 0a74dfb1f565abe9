// CPU and memory of COUNT open cursors on the servers of MONGOWATCH_BENCH_URI,
// separated by spaces; watched if FILE is given.
import { dirname } from 'node:path'
import type { Collection, FindCursor } from 'mongodb'
import { createWatched } from './watched.ts'

const [count = '0', file = ''] = process.argv.slice(2)
const { MONGOWATCH_BENCH_URI: uris = '' } = process.env
const AT_ONCE = 32
/** All that are open: a server that refuses more would hold them for minutes. */
const held: FindCursor[] = []
main().catch(async error => {
  console.error(`the server refuses: ${error.message}`)
  for (const cursor of held) await cursor.close().catch(() => {})
  process.exit(1)
})

async function main(): Promise<void> {
  const root = dirname(require.resolve('mongodb/package.json'))
  const { clients, flush } = createWatched(root, uris.split(' '), file)
  const collections = clients.map(client =>
    client.db('mongowatch_bench').collection('cursors'),
  )
  for (const rows of collections) {
    await rows.deleteMany({})
    await rows.insertMany(Array.from({ length: 10 }, (_, i) => ({ i })))
  }
  await close(await open(200)) // compiled by then
  globalThis.gc?.()
  const memory = process.memoryUsage()
  const before = process.cpuUsage()
  const cursors = await open(Number(count))
  const { user, system } = process.cpuUsage(before)
  flush()
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  console.log(
    JSON.stringify({
      cpuUs: (user + system) / cursors.length,
      heapKB: (heapUsed - memory.heapUsed) / 1e3 / cursors.length,
      rssKB: (rss - memory.rss) / 1e3 / cursors.length,
    }),
  )
  await close(cursors)
  for (const rows of collections) await rows.drop()
  process.exit(0)

  /** The server would keep them for minutes, and has a limit of its own. */
  async function close(opened: FindCursor[]) {
    for (const cursor of opened) await cursor.close()
  }

  /** Each has given one document and has more on the server. */
  async function open(total: number) {
    const opened: FindCursor[] = []
    const work = async () => {
      while (opened.length < total) {
        const rows = collections[opened.length % collections.length]
        const cursor = (rows as Collection).find({}, { batchSize: 2 })
        opened.push(cursor)
        held.push(cursor)
        await cursor.next()
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    return opened
  }
}
