/**
 * What the preload costs a process at its start.
 *
 *     npm run bench:startup [-- NODE...]
 */
import { execFileSync } from 'node:child_process'
import { measureStartUp } from './startup/measure.ts'
import { showTables } from './tables.ts'

const RUNS = 20

const nodes = process.argv.slice(2)
if (nodes.length === 0) nodes.push(process.execPath)
void main()

async function main(): Promise<void> {
  for (const node of nodes) {
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' })
    console.log(`Node ${version.trim()}, medians of ${RUNS} runs`)
    showTables(await measureStartUp(node, RUNS))
  }
}
