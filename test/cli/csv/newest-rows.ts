import { deepStrictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { NewestRows } from '../../../src/cli/csv/newest-rows.ts'

interface Row {
  readonly id: number
  readonly rank: number
}

/** The plain way to say the same. */
function oracle(rows: readonly Row[]): number[] {
  const newest = new Map<number, number>()
  for (const [index, { id, rank }] of rows.entries()) {
    const best = newest.get(id)
    if (best === undefined || rank >= (rows[best]?.rank ?? 0)) {
      newest.set(id, index)
    }
  }
  return [...newest.values()]
}

/** Rows of `length` bytes each, so that an offset says which row it is. */
async function find(rows: readonly Row[], length: number): Promise<number[]> {
  const index = new NewestRows(rows.length * length)
  for (const [i, { id, rank }] of rows.entries()) {
    const name = Buffer.from(`id-${id}`)
    index.add(name, 0, name.length, rank, i * length, length)
  }
  const found: number[] = []
  await index.each((offset, size) => {
    if (size !== length) throw new Error(`length ${size}`)
    found.push(offset / length)
  })
  deepStrictEqual(index.operations, found.length)
  return found
}

t.test(
  'one row per WatchID, the newest, in the order of first rows',
  async t => {
    const row = fc.record({ id: fc.nat(20), rank: fc.nat(3) })
    const property = fc.asyncProperty(fc.array(row), async rows => {
      t.same(await find(rows, 50), oracle(rows))
    })
    await fc.assert(property)
  },
)

t.test('it is the same with many partitions that go to files', async t => {
  const rows = Array.from({ length: 60_000 }, (_, i) => ({
    id: (i * 7919) % 25_000,
    rank: (i * 31) % 5,
  }))
  // rows of 100 KB: 6 GB of input as far as the index is concerned
  t.same(await find(rows, 100_000), oracle(rows))
  t.same(await find(rows, 1000), oracle(rows))
})
