import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { acceptRecord } from '../../src/filters/accept-record.ts'
import type { RecordFilter } from '../../src/filters/filter.ts'
import { createModule, type ModuleOptions } from '../../src/filters/module.ts'
import { auditRecord, deepFreeze } from '../fixtures/audit-record.ts'

let files = 0
/** A filter whose module has the given text. */
function fromText(
  t: Test,
  text: string,
  settings: Partial<ModuleOptions> = {},
  ending = 'cjs',
): RecordFilter {
  const module = join(t.testdir(), `filter-${files++}.${ending}`)
  writeFileSync(module, text)
  return createModule('mine', { module, ...settings })
}

const record = deepFreeze(
  auditRecord({
    DB: 'shop',
    Collection: 'orders',
    Filter: { a: [{ b: 'secret' }] },
  }),
)

t.test('a module chooses and changes', async t => {
  const filter = fromText(
    t,
    `module.exports = (record, options) => {
       if (record.Collection !== options.only) return false
       record.Filter.a[0].b = 'changed'
       record.Actor = new Map([['id', 7]])
       record.Tenant = 'acme'
       return record
     }`,
    { options: { only: 'orders' } },
  )
  const changed = filter.apply(record) || record
  t.match(JSON.parse(JSON.stringify(changed)), {
    Filter: { a: [{ b: 'changed' }] },
    Tenant: 'acme',
  })
  t.match(record.Filter, { a: [{ b: 'secret' }] }, 'the record is as it was')
  t.equal(filter.apply(auditRecord({ Collection: 'users' })), false)
})

t.test('an ES module, a named export and a transpiled one do too', async t => {
  const esm = 'export default record => record.DB === "shop" && record'
  t.ok(fromText(t, esm, {}, 'mjs').apply(record))
  const named = 'export const keep = record => record; export default 1'
  t.ok(fromText(t, named, { export: 'keep' }, 'mjs').apply(record))
  const transpiled = 'exports.__esModule = true; exports.default = r => r'
  t.ok(fromText(t, transpiled).apply(record))
})

t.test('a plain object with the fields of a record is one', async t => {
  const filter = fromText(t, 'module.exports = r => ({ ...r, DB: "x" })')
  t.match(filter.apply(record), { DB: 'x', Collection: 'orders' })
})

const FAILING = {
  'it throws': '() => { throw new Error("no") }',
  'it throws no error': '() => { throw null }',
  'its error has no message':
    '() => { throw Object.assign(new Error("no"), { message: undefined }) }',
  'its error throws':
    '() => { throw Object.defineProperty(new Error("no"), "stack", { get() { throw 1 } }) }',
  'it returns nothing': '() => {}',
  'it returns true': '() => true',
  'it returns a promise': 'async r => r',
  'it changes the id': 'r => { r.WatchID = "x"; return r }',
  'it takes away what a record needs': 'r => { delete r.Operation; return r }',
  'a field has a wrong type': 'r => { r.Duration = "1"; return r }',
  'a getter throws':
    'r => Object.defineProperty(r, "DB", { get() { throw 1 } })',
}

for (const [why, code] of Object.entries(FAILING)) {
  t.test(`a record is kept as it was when ${why}, or dropped`, async t => {
    const text = `module.exports = ${code}`
    t.equal(fromText(t, text).apply(record), record)
    t.equal(fromText(t, text, { exceptionResult: 'drop' }).apply(record), false)
  })
}

t.test('a promise is refused, and its rejection is taken', async t => {
  const unhandled: unknown[] = []
  const listen = (reason: unknown) => unhandled.push(reason)
  process.on('unhandledRejection', listen)
  t.teardown(() => process.off('unhandledRejection', listen))
  const late = 'async () => { await 1; throw new Error("late") }'
  t.equal(fromText(t, `module.exports = ${late}`).apply(record), record)
  await new Promise(resolve => setTimeout(resolve, 10))
  t.same(unhandled, [])
})

t.test('what is no record is said without its value', async t => {
  const refuse = (result: unknown) => () => acceptRecord(record, result)
  t.throws(refuse('secret'), {
    message: 'expected a record or false, got string',
  })
  t.throws(refuse({ ...record, DB: { secret: 1 } }), {
    message: 'DB is not of type string',
  })
})

t.test('what it returns is bounded plain data', async t => {
  const filter = fromText(
    t,
    `module.exports = r => {
       const cycle = { big: 'x'.repeat(3e6), run() {} }
       cycle.self = cycle
       for (let i = 0; i < 100; i++) r['Added' + i] = cycle
       r.Filter = cycle
       return r
     }`,
  )
  const changed = filter.apply(record) || record
  t.ok(JSON.stringify(changed).length < 50e6)
  t.equal('Added31' in changed, true)
  t.equal('Added32' in changed, false)
})

t.test('what cannot be loaded is an error', async t => {
  const create = (module: string) => () => createModule('mine', { module })
  t.throws(create('/nowhere/filter.js'), /nowhere.filter.js cannot be loaded/)
  t.throws(() => fromText(t, 'exports.a = 1'), /exports no function by default/)
  t.throws(() => fromText(t, 'syntax error here'), /cannot be loaded/)
})
