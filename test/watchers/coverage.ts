import t from 'tap'
import { Coverage } from '../../src/watchers/coverage.ts'

class InsertOperation {
  readonly ns = { db: 'shop', collection: 'orders' }
}
class KillCursorsOperation {}
class EndSessionsOperation {}

t.test('what belongs to a watched call is seen and recorded', async t => {
  const coverage = new Coverage()
  coverage.count({}, new InsertOperation(), true)
  t.same(coverage.facts(), { seen: 1, recorded: 1 })
})

t.test('what nobody recorded is named', async t => {
  const coverage = new Coverage()
  coverage.count({}, new InsertOperation(), false)
  coverage.count({}, new InsertOperation(), false)
  t.same(coverage.facts(), {
    seen: 2,
    recorded: 0,
    missed: { InsertOperation: 2 },
  })
})

t.test('the driver’s housekeeping is nobody’s operation', async t => {
  const coverage = new Coverage()
  coverage.count({}, new KillCursorsOperation(), false)
  coverage.count({}, new EndSessionsOperation(), false)
  t.same(coverage.facts(), { seen: 0, recorded: 0 })
})

t.test('a later command belongs to the long call on its namespace', async t => {
  const coverage = new Coverage()
  const client = {}
  const runsLater = /^InsertOperation$/
  const record = { DB: 'shop', Collection: 'orders' }
  const call = { record, client, runsLater }
  coverage.longCalls.add(call)
  coverage.count(client, new InsertOperation(), false)
  t.equal(coverage.recorded, 1)
  coverage.count({}, new InsertOperation(), false)
  t.equal(coverage.recorded, 1, 'not on another client')
  coverage.longCalls.delete(call)
  const customers = { DB: 'shop', Collection: 'customers' }
  const other = { record: customers, client, runsLater }
  coverage.longCalls.add(other)
  coverage.count(client, new InsertOperation(), false)
  t.equal(coverage.recorded, 1, 'not on another collection')
  coverage.longCalls.delete(other)
  coverage.longCalls.add({ record, client, runsLater: /^DropOperation$/ })
  coverage.count(client, new InsertOperation(), false)
  t.equal(coverage.recorded, 1, 'not of a call that never runs such a thing')
})

t.test('the number of remembered names is bounded', async t => {
  const coverage = new Coverage()
  for (let i = 0; i < 200; i++) {
    const Named = { [`Operation${i}`]: class {} }[`Operation${i}`] ?? Object
    coverage.count({}, new Named(), false)
  }
  t.equal(coverage.seen, 200)
  t.equal(coverage.missed.size, 50)
})
