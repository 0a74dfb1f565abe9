import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { verifyTrail } from '../../../src/cli/verify/verify-trail.ts'
import { trailIn, writeInTurns } from '../../fixtures/chained-files.ts'
import { createRandom } from '../../fixtures/tamper.ts'

const SEED = Number(process.env.MONGOWATCH_SEED ?? Date.now() % 2 ** 31)
const WRITER = /"Chain":"([0-9a-f]{16})\./

/** Three writers, none of which writes while another does. */
async function writeOne(filename: string, guarantee: string): Promise<string> {
  const options = { integrity: 'chain', guarantee }
  const writer = { filename, count: 0, options }
  const turns = [0, 1, 2, 1, 0, 2, 0, 1, 2, 2, 0, 1].map(
    (who, i) => [who, 1 + (i % 4)] as const,
  )
  await writeInTurns([writer, writer, writer], turns)
  return readFileSync(filename, 'latin1')
}

async function verdictOf(filename: string, lines: readonly string[]) {
  writeFileSync(filename, `${lines.join('\n')}\n`, 'latin1')
  return verifyTrail([filename], undefined)
}

for (const guarantee of ['batched', 'written']) {
  t.test(`lines of other writers keep their order, ${guarantee}`, async t => {
    const filename = join(t.testdir(), 'audit.jsonl')
    const lines = (await writeOne(filename, guarantee)).trimEnd().split('\n')
    t.match(await verdictOf(filename, lines), { fault: undefined, notes: [] })

    const writers = lines.map(line => WRITER.exec(line)?.[1])
    let seen = 0
    for (let i = 1; i + 1 < lines.length; i++) {
      if (writers[i] === writers[i + 1]) continue
      const [one = '', other = ''] = lines.slice(i, i + 2)
      const exchanged = lines.with(i, other).with(i + 1, one)
      const { fault } = await verdictOf(filename, exchanged)
      t.match(fault, { kind: 'reordered', line: i + 1 }, `line ${i + 1}`)
      seen++
    }
    t.ok(seen > 10, `${seen} pairs`)
  })

  t.test(`wherever a line is moved to, ${guarantee}, seed ${SEED}`, async t => {
    const filename = join(t.testdir(), 'audit.jsonl')
    const lines = (await writeOne(filename, guarantee)).trimEnd().split('\n')
    const random = createRandom(SEED)
    for (let i = 0; i < 200; i++) {
      const rest = [...lines]
      const from = 1 + random(rest.length - 1)
      const [line = ''] = rest.splice(from, 1)
      const to = 1 + random(rest.length)
      if (to === from) continue
      const { fault } = await verdictOf(filename, rest.toSpliced(to, 0, line))
      t.equal(fault?.kind, 'reordered', `line ${from + 1} to ${to + 1}`)
      t.ok(Number(fault?.line) <= Math.max(from, to) + 1, 'and not later')
    }
  })
}

t.test('a removed line shows at the next one, whoever wrote it', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  const lines = (await writeOne(filename, 'written')).trimEnd().split('\n')
  for (let i = 1; i + 1 < lines.length; i++) {
    const { fault } = await verdictOf(filename, lines.toSpliced(i, 1))
    t.match(fault, { kind: 'removed', line: i + 1 })
  }
})

t.test('the place is part of what is hashed', async t => {
  const folder = t.testdir()
  const filename = join(folder, 'audit.jsonl')
  const text = await writeOne(filename, 'written')
  t.match(text, /"Chain":"[0-9a-f]{16}\.1@\d+"/)
  writeFileSync(filename, text.replace(/(\.1@\d)/, '$11'))
  const { fault } = await verifyTrail(trailIn(folder), undefined)
  t.equal(fault?.kind, 'edited')
})
