/**
 * What grows with an application, and how far.
 *
 *     npm run bench:growth [-- --full] [--cursors-on='URI URI']
 *
 * Uses the server of MONGOWATCH_TEST_URI, or starts one. `--full` also does
 * its million `findOne` on it, not only with stored answers, and holds 100,000
 * cursors open; on several servers, where one has a limit.
 */
import { dirname } from 'node:path'
import { startServer } from '../dist/cli/server/start.js'
import { growthParts, measureGrowth } from './growth/measure.ts'
import { header } from './operations/report.ts'
import { Phases } from './phases.ts'
import { showTables } from './tables.ts'

const CURSORS_ON = '--cursors-on='

void main()

async function main(): Promise<void> {
  const root = dirname(require.resolve('mongodb/package.json'))
  console.log(Object.values(header(root)).join(', '))
  const server = await startServer()
  const { uri } = server
  const isFull = process.argv.includes('--full')
  const cursorURIs = process.argv
    .find(arg => arg.startsWith(CURSORS_ON))
    ?.slice(CURSORS_ON.length)
  try {
    const phases = new Phases(growthParts(isFull))
    const plan = { root, uri, cursorURIs, isFull, seconds: 30, phases }
    await measureGrowth(plan, showTables)
  } finally {
    await server.stop()
  }
}
