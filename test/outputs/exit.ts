import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { runBareNode } from '../fixtures/bare-node.ts'
import { NODES, nodePath } from '../fixtures/node-versions.ts'

const CHILD = join(__dirname, '../fixtures/outputs-exit.cjs')
const COUNT = 10_000

/** Ends a process is told of: whatever the guarantee, nothing is lost. */
const ORDERLY = {
  natural: { status: 0, signal: null },
  exit: { status: 0, signal: null },
  'exit in a later tick': { status: 3, signal: null },
  'exit in a SIGTERM handler': { status: 0, signal: null },
  'uncaught exception': { status: 1, signal: null },
  'unhandled rejection': { status: 1, signal: null },
}

/** Ends it is not told of. */
const SUDDEN = {
  SIGTERM: { status: null, signal: 'SIGTERM' },
  SIGINT: { status: null, signal: 'SIGINT' },
  SIGKILL: { status: null, signal: 'SIGKILL' },
  abort: { status: null, signal: 'SIGABRT' },
}

/** Runs the child to its end and says what is on disk. */
function runTo(
  node: string,
  end: string,
  filename: string,
  options: object = {},
) {
  const handler = JSON.stringify({ class: 'file', filename, ...options })
  const args = [CHILD, handler, String(COUNT), end]
  const { status, signal } = runBareNode(args, node)
  const text = existsSync(filename) ? readFileSync(filename, 'utf8') : ''
  const lines = text.split('\n').slice(0, -1)
  const ids = lines.map(line => Number(JSON.parse(line).WatchID))
  return { end: { status, signal }, ids }
}

const everyId = Array.from({ length: COUNT }, (_, i) => i)

t.setTimeout(300_000) // the first time, each Node has to be installed

for (const version of NODES) {
  t.test(`Node ${version}`, async t => {
    const node = await nodePath(version)

    for (const [end, expected] of Object.entries(ORDERLY)) {
      t.test(`${COUNT} records in one tick, then: ${end}`, async t => {
        const run = runTo(node, end, join(t.testdir(), 'audit.jsonl'))
        t.same(run.end, expected, 'the application ended as without us')
        t.same(run.ids, everyId)
      })
    }

    for (const [end, expected] of Object.entries(SUDDEN)) {
      t.test(`with \`written\`, ${COUNT} records, then: ${end}`, async t => {
        const filename = join(t.testdir(), 'audit.jsonl')
        const run = runTo(node, end, filename, { guarantee: 'written' })
        t.same(run.end, expected)
        t.same(run.ids, everyId)
      })
    }

    t.test('with `batched` a kill loses the last batch at most', async t => {
      const { ids } = runTo(node, 'SIGKILL', join(t.testdir(), 'audit.jsonl'))
      t.same(ids, everyId.slice(0, ids.length), 'and leaves no gap before it')
      t.ok((COUNT - ids.length) * 200 < 2 * 64 * 1024)
    })
  })
}
