import t from 'tap'
import { MONGODB } from '../fixtures/hook.ts'
import { operations, run } from '../fixtures/run.ts'

/**
 * Hands values of two sizes to a client that no server answers, and prints how
 * many calls of functions of ours V8 counted for each, and how often code of
 * the value ran.
 */
const APPLICATION = `
const { MongoClient, ObjectId } = require('mongodb')
const { Session } = require('node:inspector')
const session = new Session()
session.connect()
const post = (method, options) => new Promise((resolve, reject) =>
  session.post(method, options, (error, result) => error ? reject(error) : resolve(result)))
let ran = 0
const keys = size => Object.fromEntries(Array.from({ length: size }, (_, i) => ['k' + i, i]))
const nested = depth => { let a = 1; for (let i = 0; i < depth; i++) a = { a }; return a }
const trap = () => { ran++; throw new Error('mine') }
class Own { constructor(size) { Object.assign(this, keys(size)) } toJSON() { trap() } }
const accessors = size => {
  const object = {}
  for (let i = 0; i < size; i++) Object.defineProperty(object, 'k' + i, { get: trap, enumerable: true })
  return object
}
const VALUES = {
  keys,
  nested: size => nested(size / 100),
  array: size => ({ a: { $in: Array.from({ length: size }, (_, i) => i) } }),
  objects: size => ({ a: { $in: Array.from({ length: size }, (_, i) => ({ _id: new ObjectId(), i })) } }),
  wide: size => ({ a: keys(Math.sqrt(size) | 0), b: Array.from({ length: Math.sqrt(size) | 0 }, () => keys(Math.sqrt(size) | 0)) }),
  text: size => ({ a: 'x'.repeat(size * 16) }),
  texts: size => ({ a: Array.from({ length: size }, () => 'mongodb://user:secret@host') }),
  buffer: size => ({ a: Buffer.alloc(size * 16) }),
  map: size => ({ a: new Map(Object.entries(keys(size))) }),
  set: size => ({ a: new Set(Object.keys(keys(size))) }),
  typed: size => ({ a: new Float64Array(size) }),
  instance: size => ({ a: new Own(size) }),
  accessors: size => ({ a: accessors(size) }),
  proxy: size => ({ a: new Proxy(keys(size), { get: trap, ownKeys: trap, has: trap, getOwnPropertyDescriptor: trap, getPrototypeOf: trap }) }),
}
const options = { serverSelectionTimeoutMS: 1, connectTimeoutMS: 1 }
async function main() {
  const client = new MongoClient('mongodb://127.0.0.1:1', options)
  const things = client.db('a').collection('things')
  await things.deleteOne({ a: 1 }).catch(() => {}) // everything is loaded
  await post('Profiler.enable')
  await post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  const copy = async value => {
    await post('Profiler.takePreciseCoverage')
    ran = 0
    const call = things.deleteOne(value)
    const counted = await post('Profiler.takePreciseCoverage')
    const inside = ran
    await call.catch(() => {})
    const ours = counted.result.filter(script => script.url.includes('/dist/'))
    const counts = ours.flatMap(script => script.functions).map(f => f.ranges[0].count)
    return { calls: counts.reduce((sum, count) => sum + count, 0), ran: inside }
  }
  const seen = {}
  for (const [name, make] of Object.entries(VALUES)) {
    seen[name] = { large: await copy(make(20_000)), huge: await copy(make(1_000_000)) }
  }
  await client.close()
  console.log(JSON.stringify(seen))
}
main()
`

interface Work {
  /** Of functions of ours. */
  calls: number
  /** How often code of the value ran. */
  ran: number
}

t.setTimeout(300_000)

t.test('what is huge makes no more work than what is large', async t => {
  const { code, stdout, stderr, records } = await run(t, {
    code: APPLICATION,
    packages: [MONGODB],
    timeoutMs: 200_000,
  })
  t.same({ code, stderr }, { code: 0, stderr: '' })
  const seen: Record<string, Record<'large' | 'huge', Work>> = JSON.parse(
    stdout,
  )
  for (const [name, { large, huge }] of Object.entries(seen)) {
    t.ok(huge.calls > 20, `${name}: ${huge.calls} calls`)
    t.ok(huge.calls < 40_000, `${name}: bounded`)
    // a timer of ours may fall into one of the two
    t.ok(huge.calls - large.calls < 200, `${name}: ${large.calls} for less`)
    t.same([large.ran, huge.ran], [0, 0], `${name}: none of its code ran`)
  }
  t.equal(operations(records).length, 2 * Object.keys(seen).length + 2)
})
