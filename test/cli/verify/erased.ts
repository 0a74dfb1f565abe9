import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { verifyTrail } from '../../../src/cli/verify/verify-trail.ts'
import { writeInTurns } from '../../fixtures/chained-files.ts'

const WRITER = /"Chain":"([0-9a-f]{16})\./

/** Two writers, of which the second writes while the first one lives. */
async function writeTwo(filename: string): Promise<string[]> {
  const writer = { filename, count: 0, options: { integrity: 'chain' } }
  const turns = [0, 1, 0, 1, 0, 1, 0, 0].map(who => [who, 3] as const)
  await writeInTurns([writer, writer], turns)
  return readFileSync(filename, 'latin1').split('\n')
}

t.test('no line can be replaced by what looks like a piece', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  const lines = await writeTwo(filename)
  const writers = lines.map(line => WRITER.exec(line)?.[1])
  const second = writers[lines.findLastIndex(line => /"\$enter"/.test(line))]
  const endOf = (line: string) => line.slice(0, line.indexOf('"Options"'))
  const last = lines.findLast(
    (line, i) => writers[i] !== second && line.includes('"$end"'),
  )
  for (const begin of [
    '{"Operation":"$end"',
    endOf(last ?? ''),
    '{"WatchID":"',
  ]) {
    const erased = lines.map((line, i) =>
      writers[i] === second ? begin.padEnd(line.length, ' ') : line,
    )
    t.ok(erased.join().length === lines.join().length)
    writeFileSync(filename, erased.join('\n'), 'latin1')
    const { fault } = await verifyTrail([filename], undefined)
    t.ok(fault, begin)
  }
})
