import { appendFileSync, closeSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { createDigest } from '../../src/integrity/digest.ts'
import { readEnd } from '../../src/integrity/file-ends.ts'
import { NO_HASH, sealLine } from '../../src/integrity/sealed-line.ts'

const SEAL = { writer: '0'.repeat(16), at: 0, previous: NO_HASH }

t.test('the last whole line is found, however much follows it', async t => {
  const filename = join(t.testdir(), 'audit.jsonl')
  const line = JSON.stringify({ text: 'x'.repeat(5_000) })
  const digest = createDigest(undefined)
  const { text, hash } = sealLine(line, { ...SEAL, number: 1 }, digest)
  const size = text.length + 1
  for (const more of [0, 1, 3_870, 4_000, 4_094, 4_096, 65_400, 200_000]) {
    writeFileSync(filename, `${text}\n`)
    appendFileSync(filename, 'y'.repeat(more)) // a write on its way
    const fd = openSync(filename, 'r')
    t.same(readEnd(fd), { size, hash }, `${more} bytes`)
    closeSync(fd)
  }
})

t.test('a file without a whole line has no end', async t => {
  const filename = join(t.testdir({ 'audit.jsonl': '{"a":' }), 'audit.jsonl')
  const fd = openSync(filename, 'r')
  t.same(readEnd(fd), { size: 0, hash: null })
  closeSync(fd)
})
