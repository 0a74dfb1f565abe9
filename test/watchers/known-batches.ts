import { createRequire } from 'node:module'
import { join } from 'node:path'
import t from 'tap'
import {
  hasMissedNothing,
  type OnDriver,
  onEachDriver,
} from '../fixtures/drivers.ts'

// biome-ignore lint/suspicious/noExplicitAny: the driver, whatever its version
type Any = any

/** Every kind of batch, one after the other. */
const operations = () =>
  Array.from({ length: 5 }, (_, n) => [
    { insertOne: { document: { n } } },
    { updateMany: { filter: { n }, update: { $inc: { m: 1 } } } },
    { deleteOne: { filter: { n } } },
  ]).flat()

/** Writes without any method of a collection, as a future one might. */
function writeUnseen(
  { watched, version }: OnDriver,
  client: Any,
  things: Any,
): Promise<unknown> {
  const { root } = watched.driver.copy
  const load = createRequire(join(root, 'package.json'))
  const { InsertOperation } = load('./lib/operations/insert.js')
  const { executeOperation } = load('./lib/operations/execute_operation.js')
  const operation = new InsertOperation(things.s.namespace, [{}], {})
  return executeOperation(
    version === '4.0.0' ? client.topology : client,
    operation,
  )
}

const BULKS: Readonly<Record<string, (things: Any) => Promise<unknown>>> = {
  bulkWrite: things => things.bulkWrite(operations()),
  unordered: things => things.bulkWrite(operations(), { ordered: false }),
  builder: things => {
    const bulk = things.initializeOrderedBulkOp()
    for (const operation of operations()) bulk.raw(operation)
    return bulk.execute()
  },
}

t.test('a write that nobody watches does not hide behind a bulk', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { client, db, watched } = driver
    const things = db.collection('things')
    const { coverage } = watched.context
    await things.insertOne({})
    for (const [name, run] of Object.entries(BULKS)) {
      const before = { seen: coverage.seen, recorded: coverage.recorded }
      const bulk = run(things)
      await Promise.all([
        writeUnseen(driver, client, things),
        writeUnseen(driver, client, things),
      ])
      await bulk
      const seen = coverage.seen - before.seen
      const batches = name === 'unordered' ? 3 : 15
      t.ok(seen >= batches + 2, `${name}: ${seen} are seen`)
      t.equal(coverage.recorded - before.recorded, seen - 2, name)
    }
    t.strictSame([...coverage.missed], [['InsertOperation', 6]])
  })
})

t.test('all batches of a bulk are recorded, an excluded one too', async t => {
  await onEachDriver(t, async (t, driver) => {
    const things = driver.db.collection('things')
    for (const run of Object.values(BULKS)) await run(things)
    await things.insertMany(operations().map((_, n) => ({ n })))
    const { rules } = driver.watched.context
    Object.assign(rules, { bulk: { ...rules.bulk, enabled: false } })
    await BULKS.builder?.(things)
    hasMissedNothing(t, driver)
  })
})
