import fc from 'fast-check'
import t from 'tap'
import {
  hashKey,
  isSameKey,
  KEY,
  writeWatchKey,
} from '../../../src/cli/csv/watch-key.ts'

function keyOf(id: string | Uint8Array): Uint32Array {
  const bytes = Buffer.from(id)
  const key = new Uint32Array(KEY).fill(7)
  writeWatchKey(bytes, 0, bytes.length, key)
  return key
}

const same = (a: string | Uint8Array, b: string | Uint8Array) =>
  isSameKey(keyOf(a), 0, keyOf(b), 0)

t.test('different WatchIDs have different keys', async t => {
  const id = fc.oneof(
    fc.string(),
    fc.string({ minLength: 10, maxLength: 14 }),
    fc.stringMatching(/^[0-9a-fA-F]{24}$/),
  )
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(id, id, (a, b) => same(a, b) === (a === b)),
      { numRuns: 2000 },
    ),
  )
  const digits = '6745ab000000000000000001'
  t.notOk(same(digits, digits.toUpperCase()))
  t.notOk(same(digits, `${digits}0`))
})

t.test('a short WatchID is not the hexadecimal of its bytes', async t => {
  for (const length of [1, 11, 12]) {
    const bytes = Buffer.alloc(length, 0x61)
    const padded = Buffer.concat([Buffer.alloc(12 - length), bytes])
    t.notOk(same(bytes, padded.toString('hex')), `${length}`)
    t.notOk(same(bytes, Buffer.concat([Buffer.alloc(1), bytes])), 'zero byte')
  }
})

t.test('keys that follow each other are spread', async t => {
  const counts = new Uint32Array(64)
  for (let i = 0; i < 64_000; i++) {
    const id = `6745ab00${i.toString(16).padStart(16, '0')}`
    const bin = hashKey(keyOf(id), 0) % 64
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  t.ok(Math.max(...counts) < 1300, `${Math.max(...counts)}`)
  t.ok(Math.min(...counts) > 700, `${Math.min(...counts)}`)
})
