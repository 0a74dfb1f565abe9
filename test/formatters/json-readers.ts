// Readers that know nothing of mongowatch: Python's json, MongoDB's bson.
import { strictEqual } from 'node:assert/strict'
import { Binary, Decimal128, EJSON, Long, ObjectId, Timestamp } from 'bson6'
import fc from 'fast-check'
import t from 'tap'
import { createFormatter } from '../../src/formatters/create-formatter.ts'
import { snapshot } from '../../src/record/snapshot.ts'
import { anyRecord } from '../fixtures/any-record.ts'
import { runFile } from '../fixtures/command-line.ts'
import { finishedRecord } from '../fixtures/finished-record.ts'

const FORMATS = ['json', 'ecs', 'otel', 'ocsf', 'mongo-audit']

/** Pairs of lines: each is JSON without a key twice, and both are equal. */
const PYTHON = `
import json, sys
def once(pairs):
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys)), keys
    return dict(pairs)
def read(line):
    return json.loads(line, object_pairs_hook=once, parse_constant=int)
lines = sys.stdin.buffer.read().decode('utf-8', 'strict').split('\\n')
for theirs, ours in zip(lines[::2], lines[1::2]):
    assert read(theirs) == read(ours), theirs
print(len(lines) // 2)
`

for (const type of FORMATS) {
  t.test(`Python reads ${type} as JavaScript does`, async t => {
    const { format } = createFormatter({ type }, { defaultFields: () => [] })
    const lines = fc
      .sample(anyRecord(), { numRuns: 500, seed: 20_261_125 })
      .map(record => format(record))
      .flatMap(line => [line, JSON.stringify(JSON.parse(line))])
    const { code, stdout, stderr } = await runFile('python3', ['-c', PYTHON], {
      input: lines.join('\n'),
    })
    t.equal(code, 0, stderr)
    t.equal(stdout, '500\n')
  })
}

t.test(
  'MongoDB’s reader makes the values of the application of it',
  async t => {
    const value = {
      _id: new ObjectId('6926b3a0c0ffee0000000001'),
      at: new Date('2026-11-25T01:02:03.456Z'),
      long: Long.fromString('9007199254740993'),
      price: Decimal128.fromString('19.90'),
      stamp: new Timestamp({ t: 7, i: 9 }),
      day: new Date(-1e13),
      uuid: new Binary(Buffer.alloc(16, 7), 4),
      list: [{ a: null, b: [true, 'x', 1.5] }],
    }
    const { format } = createFormatter(
      { type: 'json' },
      { defaultFields: () => [] },
    )
    const line = format(finishedRecord({ Filter: snapshot(value) }))
    const { Filter } = EJSON.parse(line, { relaxed: false })
    for (const key of Object.keys(value).filter(key => key !== 'uuid')) {
      const own = EJSON.stringify(Reflect.get(value, key), { relaxed: false })
      strictEqual(EJSON.stringify(Filter[key], { relaxed: false }), own, key)
    }
    t.equal(Filter._id.toHexString(), value._id.toHexString())
    t.match(JSON.stringify(Filter.uuid), /07070707-0707-0707-0707-070707070707/)
  },
)
