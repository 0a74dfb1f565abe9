/**
 * What grows with an application, and how far.
 *
 *     npm run bench:growth [-- --full]
 *
 * Uses the server of MONGOWATCH_TEST_URI, or starts one. `--full` also does a
 * million `findOne` on it and holds 100,000 cursors open.
 */
import { dirname } from 'node:path'
import { startServer } from '../dist/cli/server/start.js'
import { measureGrowth } from './growth/measure.ts'
import { header } from './operations/report.ts'
import { showTables } from './tables.ts'

void main()

async function main(): Promise<void> {
  const root = dirname(require.resolve('mongodb/package.json'))
  console.log(Object.values(header(root)).join(', '))
  const server = await startServer()
  const isFull = process.argv.includes('--full')
  try {
    await measureGrowth(root, server.uri, isFull, showTables)
  } finally {
    await server.stop()
  }
}
