import { truncateSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import t from 'tap'
import { openFile } from '../../../src/cli/csv/source.ts'
import { WindowReader } from '../../../src/cli/csv/window-reader.ts'

t.test('any place of a file can be read, near or far', async t => {
  const bytes = Buffer.alloc(3_000_000)
  for (let i = 0; i + 4 <= bytes.length; i += 4) bytes.writeUInt32LE(i, i)
  const name = join(t.testdir(), 'data')
  writeFileSync(name, bytes)
  const source = openFile(name)
  const reader = new WindowReader()
  const places = [
    0, 100, 262_140, 262_144, 2_900_000, 2_900_100, 50, 2_999_990, 1_000_000,
    1_000_010, 262_100,
  ]
  for (const place of places) {
    for (const length of [1, 10, 300_000]) {
      if (place + length > bytes.length) continue
      const expected = bytes.subarray(place, place + length)
      t.ok(
        expected.equals(reader.read(source, place, length)),
        `${length} at ${place}`,
      )
    }
  }
  truncateSync(name, 10)
  t.throws(() => reader.read(source, 2_000_000, 10), {
    message: `${name}: it was cut while it was read`,
  })
  source.close()
})

t.test('one reader is enough for several files', async t => {
  const folder = t.testdir({ a: 'a'.repeat(1000), b: 'b'.repeat(1000) })
  const [a, b] = ['a', 'b'].map(name => openFile(join(folder, name)))
  if (a === undefined || b === undefined) throw new Error('two files')
  const reader = new WindowReader()
  for (const source of [a, b, a, b]) {
    for (const place of [0, 990, 500]) {
      const text = `${Buffer.from(reader.read(source, place, 10))}`
      t.equal(text, basename(source.name).repeat(10))
    }
  }
  for (const source of [a, b]) source.close()
})
