// CPU and memory of COUNT open cursors; watched if FILE is given.
import { dirname } from 'node:path'
import { createWatched } from './watched.ts'

const [uri = '', count = '0', file = ''] = process.argv.slice(2)
const AT_ONCE = 32
main().catch(error => {
  console.error(`the server refuses: ${error.message}`)
  process.exit(1)
})

async function main(): Promise<void> {
  const root = dirname(require.resolve('mongodb/package.json'))
  const { client, flush } = createWatched(root, uri, file)
  await client.connect()
  const rows = client.db('mongowatch_bench').collection('cursors')
  await rows.deleteMany({})
  await rows.insertMany(Array.from({ length: 10 }, (_, i) => ({ i })))
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
  process.exit(0)

  /** The server would keep them for minutes, and has a limit of its own. */
  async function close(opened: ReturnType<typeof rows.find>[]) {
    for (const cursor of opened) await cursor.close()
  }

  /** Each has given one document and has more on the server. */
  async function open(total: number) {
    const opened: ReturnType<typeof rows.find>[] = []
    const work = async () => {
      while (opened.length < total) {
        const cursor = rows.find({}, { batchSize: 2 })
        opened.push(cursor)
        await cursor.next()
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    return opened
  }
}
