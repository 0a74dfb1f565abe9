import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import t from 'tap'
import { verifyTrail } from '../../../src/cli/verify/verify-trail.ts'
import {
  contents,
  overwrite,
  trailIn,
  writeChained,
} from '../../fixtures/chained-files.ts'
import { createRandom, TAMPERS } from '../../fixtures/tamper.ts'

const TIMES = 1000
const SEED = Number(process.env.MONGOWATCH_SEED ?? Date.now() % 2 ** 31)

for (const [integrity, key] of [
  ['chain', undefined],
  ['hmac', 'a key of 16 bytes or more'],
] as const) {
  t.test(`no change of ${integrity} goes unnoticed, seed ${SEED}`, async t => {
    const folder = t.testdir()
    const filename = join(folder, 'audit.jsonl')
    const options = { integrity, integrity_key: key, max_bytes: 40_000 }
    const writer = { filename, count: 120, options }
    await writeChained(writer, writer, { ...writer, count: 40, threads: 2 })
    compressOne(trailIn(folder))
    const files = trailIn(folder)
    const before = await verifyTrail(files, key)
    t.same([before.fault, before.notes], [undefined, []])
    t.ok(before.files > 2 && before.writers === 4, 'several of each')

    const random = createRandom(SEED)
    const ways = Object.entries(TAMPERS)
    const unnoticed: string[] = []
    let seen = 0
    for (let i = 0; i < TIMES / 2; i++) {
      const path = files[random(files.length)] ?? ''
      const [way = '', tamper] = ways[random(ways.length)] ?? []
      const bytes = contents(path)
      const changed = tamper?.(bytes, random) ?? bytes
      if (changed.equals(bytes) || isTail(path, bytes, changed)) continue
      const stored = readFileSync(path)
      overwrite(path, changed)
      const { fault, notes } = await verifyTrail(files, key)
      writeFileSync(path, stored)
      seen++
      // a note says what looks like the piece of a killed writer
      if (fault === undefined && notes.length === 0)
        unnoticed.push(`${i}: ${way}, ${path}`)
    }
    t.ok(seen > TIMES / 3, `${seen} changes were made`)
    t.same(unnoticed, [])

    /** Behind the last line that saw another: nothing has seen it yet. */
    function isTail(path: string, bytes: Buffer, changed: Buffer): boolean {
      if (path !== files.at(-1)) return false
      const witness = Math.max(
        ...['$enter', '$seal', '$end'].map(name => bytes.lastIndexOf(name)),
      )
      const known = bytes.lastIndexOf('\n', witness) + 1
      const last = changed[changed.length - 1] === 10 ? -1 : changed.length
      const rest = changed.subarray(0, last)
      return (
        bytes.subarray(0, rest.length).equals(rest) ||
        bytes.subarray(0, known).equals(changed.subarray(0, known))
      )
    }
  })
}

t.test('a file that is removed is missed, but for the oldest', async t => {
  const folder = t.testdir()
  const filename = join(folder, 'audit.jsonl')
  const guarantee = 'written'
  const options = { integrity: 'chain', max_bytes: 20_000, guarantee }
  await writeChained({ filename, count: 200, options })
  const files = trailIn(folder)
  t.ok(files.length > 3)
  for (const removed of files.slice(1, -1)) {
    const { fault } = await verifyTrail(
      files.filter(file => file !== removed),
      undefined,
    )
    t.equal(fault?.kind, 'removed', removed)
  }
  const rest = await verifyTrail(files.slice(1), undefined)
  t.equal(rest.fault, undefined)
  t.match(rest.notes, [/oldest file follows one that was not given/])
})

t.test('a file under another name is a copy', async t => {
  const folder = t.testdir()
  const filename = join(folder, 'audit.jsonl')
  await writeChained({ filename, count: 9, options: { integrity: 'chain' } })
  const copy = join(folder, 'copy')
  writeFileSync(copy, readFileSync(filename))
  const { fault } = await verifyTrail([filename, copy], undefined)
  t.match(fault, { kind: 'inserted', file: copy })
})

function compressOne([path = '']: readonly string[]): void {
  writeFileSync(`${path}.gz.new`, gzipSync(readFileSync(path)))
  renameSync(`${path}.gz.new`, path)
  renameSync(path, `${path}.gz`)
}
