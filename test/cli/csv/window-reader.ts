import { closeSync, openSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { WindowReader } from '../../../src/cli/csv/window-reader.ts'

t.test('any place of a file can be read, near or far', async t => {
  const bytes = Buffer.alloc(3_000_000)
  for (let i = 0; i + 4 <= bytes.length; i += 4) bytes.writeUInt32LE(i, i)
  const name = join(t.testdir(), 'data')
  writeFileSync(name, bytes)
  const descriptor = openSync(name, 'r')
  const reader = new WindowReader({ name, descriptor, size: bytes.length })
  const places = [
    0, 100, 262_140, 262_144, 2_900_000, 2_900_100, 50, 2_999_990, 1_000_000,
    1_000_010, 262_100,
  ]
  for (const place of places) {
    for (const length of [1, 10, 300_000]) {
      if (place + length > bytes.length) continue
      const expected = bytes.subarray(place, place + length)
      t.ok(expected.equals(reader.read(place, length)), `${length} at ${place}`)
    }
  }
  truncateSync(name, 10)
  t.throws(() => reader.read(2_000_000, 10), {
    message: `${name}: it was cut while it was read`,
  })
  closeSync(descriptor)
})
