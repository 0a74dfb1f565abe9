import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { AuditRecord } from '../../src/record/record.ts'
import {
  closedEarly,
  hasMissedNothing,
  type OnDriver,
  onEachDriver,
  streamsOpen,
} from '../fixtures/drivers.ts'
import { eventually } from '../fixtures/eventually.ts'

// biome-ignore lint/suspicious/noExplicitAny: streams of any version
type Stream = any

/** The only record of a change stream, which has ended. */
async function only({ watched }: OnDriver): Promise<AuditRecord | undefined> {
  const finals = () =>
    watched.finals().filter(record => record.Operation === 'watch')
  await eventually('the end of the stream', () => finals().length > 0)
  await sleep(20)
  const all = watched.iterations.filter(
    ({ record }) => record.Operation === 'watch',
  )
  const ids = new Set(all.map(({ record }) => record.WatchID))
  if (ids.size !== 1 || finals().length !== 1) return undefined
  return finals()[0]
}

function updates({ watched }: OnDriver): AuditRecord[] {
  return watched.iterations
    .filter(({ phase }) => phase === 'update')
    .map(({ record }) => record)
}

t.test('a change stream is one record, however it is read', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { db, watched } = driver
    const things = db.collection('things')
    await things.insertOne({ n: 0 })
    const expected = {
      _logger: 'mongowatch.cursor',
      DB: db.databaseName,
      Collection: 'things',
      Operation: 'watch',
      Filter: [{ $match: { operationType: 'insert' } }],
      Options: { fullDocument: 'updateLookup' },
      Outcome: 'success',
      EndReason: 'closed',
    }
    const open = (): Stream => {
      watched.clear()
      return things.watch([{ $match: { operationType: 'insert' } }], {
        fullDocument: 'updateLookup',
        ...closedEarly(driver),
      })
    }
    const inserts = async (count: number): Promise<void> => {
      await streamsOpen(driver)
      for (let n = 0; n < count; n++) await things.insertOne({ n })
    }

    await t.test('next', async t => {
      const stream = open()
      const first = stream.next()
      await inserts(3)
      await first
      await stream.next()
      await stream.next()
      await stream.close()
      const record = await only(driver)
      t.match(record, { ...expected, MatchedCount: 3, ReturnedCount: 3 })
      t.ok((record?.Batches ?? 0) > 1)
      t.ok(updates(driver).length > 0, 'updated as batches came')
    })

    await t.test('tryNext and hasNext', async t => {
      const stream = open()
      t.equal(await stream.tryNext(), null)
      const next = stream.hasNext()
      await inserts(1)
      t.equal(await next, true)
      await stream.next()
      await stream.close()
      t.match(await only(driver), { ...expected, ReturnedCount: 1 })
    })

    await t.test("on('change')", async t => {
      const stream = open()
      const change = once(stream, 'change')
      await inserts(1)
      await change
      await stream.close()
      t.match(await only(driver), { ...expected, MatchedCount: 1 })
    })

    if (Symbol.asyncIterator in open()) {
      await t.test('for await', async t => {
        const stream = open()
        const done = inserts(2)
        let seen = 0
        for await (const _ of stream) {
          seen++
          if (seen === 2) break
        }
        await done
        t.match(await only(driver), { ...expected, ReturnedCount: 2 })
      })
    }

    await t.test('stream', async t => {
      const stream = open()
      const readable = stream.stream()
      const data = once(readable, 'data')
      await inserts(1)
      await data
      readable.destroy()
      await things.insertOne({}) // 4.0 closes when the next one comes
      t.match(await only(driver), expected)
    })
    hasMissedNothing(t, driver)
  })
})

t.test('a change stream has the names of what it was opened on', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { client, db, watched } = driver
    for (const [opener, names] of [
      [db, { DB: db.databaseName, Collection: undefined }],
      [client, { DB: undefined, Collection: undefined }],
    ]) {
      watched.clear()
      const stream = opener.watch([], closedEarly(driver))
      const next = stream.next()
      await streamsOpen(driver)
      await db.collection('named').insertOne({})
      await next
      await stream.close()
      t.match(await only(driver), { ...names, Filter: [], Outcome: 'success' })
    }
  })
})

t.test('a change stream that is never read is no operation', async t => {
  await onEachDriver(t, async (t, { db, watched }) => {
    const stream = db.collection('unread').watch()
    await stream.close()
    t.equal(watched.iterations.length, 0)
  })
})
