import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import t from 'tap'
import { verifyTrail } from '../../../src/cli/verify/verify-trail.ts'
import {
  type ChainWriter,
  contents,
  overwrite,
  trailIn,
  writeChained,
} from '../../fixtures/chained-files.ts'
import { createRandom } from '../../fixtures/tamper.ts'
import { forge, TRAIL_TAMPERS } from '../../fixtures/tamper-trail.ts'

const TIMES = 1400

t.setTimeout(300_000) // half a minute of work, also on a busy machine
const SEED = Number(process.env.MONGOWATCH_SEED ?? Date.now() % 2 ** 31)

for (const [integrity, key] of [
  ['chain', undefined],
  ['hmac', 'a key of 16 bytes or more'],
] as const) {
  t.test(`no change of ${integrity} goes unnoticed, seed ${SEED}`, async t => {
    const folder = t.testdir()
    const options = { integrity, integrity_key: key, max_bytes: 15_000 }
    const { files, trail } = await writeTrail(folder, options)
    const before = await verifyTrail(files, key)
    t.same([before.fault, before.notes], [undefined, []])
    t.ok(before.files > 3, `${before.files} files`)
    t.equal(before.writers, 4)

    const random = createRandom(SEED)
    const ways = Object.entries(TRAIL_TAMPERS)
    if (key !== undefined) ways.push(['all hashes are made again', forge])
    const unnoticed: string[] = []
    const noted: string[] = []
    let seen = 0
    for (let i = 0; i < TIMES / 2; i++) {
      const [way, tamper] = ways[i % ways.length] ?? ['', () => {}]
      const changed = [...trail]
      tamper(changed, random)
      if (isSame(changed, trail) || isTail(changed, trail)) continue
      const paths = store(files, changed, trail)
      const { fault, notes } = await verifyTrail(paths, key)
      store(files, trail, changed)
      seen++
      if (fault !== undefined) continue
      // a note says what looks like the piece of a killed writer
      if (notes.length === 0) unnoticed.push(`${i}: ${way}`)
      noted.push(`${i}: ${way}: ${notes.join()}`)
    }
    t.ok(seen >= 550, `${seen} changes were made`)
    const told = seen - noted.length
    t.comment(`${told} told with exit code 1, ${noted.length} in a note only`)
    for (const each of noted) t.comment(each)
    t.ok(noted.length <= seen / 50, 'hardly one in a note only')
    t.same(unnoticed, [])
  })
}

t.test('the line that was edited is named', async t => {
  const { files, trail } = await writeTrail(t.testdir(), {
    integrity: 'chain',
    max_bytes: 15_000,
  })
  const random = createRandom(SEED)
  for (let i = 0; i < 100; i++) {
    const file = random(files.length)
    const path = files[file] ?? ''
    const bytes = Buffer.from(trail[file] ?? '')
    const lines = bytes.toString('latin1').split('\n').slice(0, -1)
    const line = random(lines.length)
    const begin = lines.slice(0, line).join('\n').length + Number(line > 0)
    const length = lines[line]?.lastIndexOf(',"Chain"') ?? 0
    const at = begin + random(length)
    bytes[at] = bytes[at] === 0x78 ? 0x79 : 0x78
    overwrite(path, bytes)
    const { fault } = await verifyTrail(files, undefined)
    overwrite(path, trail[file] ?? bytes)
    t.match(fault, { kind: 'edited', file: path, line: line + 1 })
  }
})

/** Two processes and two threads on one file, of which one is compressed. */
async function writeTrail(folder: string, options: ChainWriter['options']) {
  const filename = join(folder, 'audit.jsonl')
  const writer = { filename, count: 60, options }
  await writeChained(writer, writer, { ...writer, count: 20, threads: 2 })
  compressOne(trailIn(folder))
  const files = trailIn(folder)
  return { files, trail: files.map(contents) }
}

/** Puts another trail into the files; those that are left over go. */
function store(
  files: readonly string[],
  trail: readonly Buffer[],
  before: readonly Buffer[],
): string[] {
  return files.filter((path, i) => {
    const bytes = trail[i]
    if (bytes === undefined) rmSync(path)
    else if (bytes !== before[i]) overwrite(path, bytes)
    return bytes !== undefined
  })
}

function isSame(one: readonly Buffer[], other: readonly Buffer[]): boolean {
  if (one.length !== other.length) return false
  return one.every((bytes, i) => bytes.equals(other[i] ?? Buffer.alloc(0)))
}

/** Behind the last line of all that saw another: nothing has seen it yet. */
function isTail(changed: readonly Buffer[], trail: readonly Buffer[]): boolean {
  const older = [changed.slice(0, -1), trail.slice(0, -1)] as const
  if (changed.length !== trail.length || !isSame(...older)) return false
  const bytes = trail.at(-1) ?? Buffer.alloc(0)
  const now = changed.at(-1) ?? bytes
  const witness = Math.max(
    ...['$enter', '$seal', '$end'].map(name => bytes.lastIndexOf(name)),
  )
  const known = bytes.lastIndexOf('\n', witness) + 1
  const last = now[now.length - 1] === 10 ? -1 : now.length
  const rest = now.subarray(0, last)
  return (
    bytes.subarray(0, rest.length).equals(rest) ||
    bytes.subarray(0, known).equals(now.subarray(0, known))
  )
}

t.test('a file that is removed is missed, but for the oldest', async t => {
  const folder = t.testdir()
  const filename = join(folder, 'audit.jsonl')
  const guarantee = 'written'
  const options = { integrity: 'chain', max_bytes: 15_000, guarantee }
  await writeChained({ filename, count: 200, options })
  const files = trailIn(folder)
  t.ok(files.length > 3)
  for (const removed of files.slice(1, -1)) {
    const rest = files.filter(file => file !== removed)
    const beside = await verifyTrail(rest, undefined)
    t.match(beside, { fault: undefined, notes: [/was not given/] })
    renameSync(removed, join(folder, 'elsewhere'))
    const { fault } = await verifyTrail(rest, undefined)
    renameSync(join(folder, 'elsewhere'), removed)
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
