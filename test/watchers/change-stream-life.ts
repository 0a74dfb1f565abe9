import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { AuditRecord } from '../../src/record/record.ts'
import {
  closedEarly,
  type OnDriver,
  onEachDriver,
  streamsOpen,
} from '../fixtures/drivers.ts'
import { eventually } from '../fixtures/eventually.ts'
import { useServer } from '../fixtures/server.ts'

// biome-ignore lint/suspicious/noExplicitAny: the driver, whatever its version
type Any = any

const RESUMABLE = {
  errorCode: 6,
  errorLabels: ['ResumableChangeStreamError'],
}

/** The next command of this name, or so many, fail on the server. */
function fail(
  { client }: OnDriver,
  command: string,
  data: object,
  times = 1,
): Promise<unknown> {
  return client.db('admin').command({
    configureFailPoint: 'failCommand',
    mode: { times },
    data: { failCommands: [command], ...data },
  })
}

function until(isTrue: () => boolean): Promise<void> {
  return eventually(String(isTrue), isTrue)
}

function watches({ watched }: OnDriver): AuditRecord[] {
  return watched.iterations
    .map(({ record }) => record)
    .filter(record => record.Operation === 'watch')
}

function finals({ watched }: OnDriver): AuditRecord[] {
  return watched.finals().filter(record => record.Operation === 'watch')
}

function watch(driver: OnDriver, pipeline: object[]): Any {
  const things = driver.db.collection('things')
  return things.watch(pipeline, closedEarly(driver))
}

/** Opens a stream, and is there when the server has it. */
async function reading(
  driver: OnDriver,
  read: (stream: Any) => Promise<unknown>,
  pipeline: object[] = [],
): Promise<{ stream: Any; change: Promise<unknown> }> {
  driver.watched.clear()
  const stream = watch(driver, pipeline)
  const change = read(stream)
  await streamsOpen(driver, 1)
  return { stream, change }
}

const next = (stream: Any) => stream.next()
const change = (stream: Any) => {
  // 4.0 loses its way when the last listener goes and comes back
  if (stream.listenerCount('change') === 0) stream.on('change', () => undefined)
  return once(stream, 'change')
}

t.test('a change stream and the errors of its cursors', async t => {
  const server = await useServer(t, { testCommands: true, own: true })
  await onEachDriver(
    t,
    async (t, driver) => {
      const things = driver.db.collection('things')
      await things.insertOne({})
      // 4.0 waits before it resumes
      const pause = driver.version === '4.0.0' ? 1200 : 200

      for (const [name, read] of Object.entries({ next, change })) {
        await t.test(`resumed, read by ${name}`, async t => {
          const first = await reading(driver, read)
          await things.insertOne({ n: 1 })
          await first.change
          const { stream } = first
          const second = read(stream)
          await fail(driver, 'getMore', RESUMABLE)
          // any write answers the getMore that waits: the next one fails
          await driver.db.collection('others').insertOne({})
          await sleep(pause)
          await things.insertOne({ n: 2 })
          await second
          await stream.close()
          t.equal(finals(driver).length, 1)
          t.equal(new Set(watches(driver).map(r => r.WatchID)).size, 1)
          t.match(finals(driver), [
            { Outcome: 'success', EndReason: 'closed', MatchedCount: 2 },
          ])
        })
      }

      await t.test('two at once, both resumed', async t => {
        driver.watched.clear()
        const streams = ['a', 'b'].map(name =>
          watch(driver, [{ $match: { 'fullDocument.for': name } }]),
        )
        const changes = streams.map(next)
        await streamsOpen(driver, 2)
        await things.insertMany([{ for: 'a' }, { for: 'b' }, { for: 'b' }])
        await Promise.all(changes)
        await next(streams[1])
        const others = streams.map(next)
        await fail(driver, 'getMore', RESUMABLE, 2)
        await things.insertOne({ for: 'nobody' }) // wakes both
        await sleep(pause)
        await things.insertMany([{ for: 'a' }, { for: 'b' }])
        await Promise.all(others)
        for (const stream of streams) await stream.close()
        const counts = finals(driver).map(record => [
          JSON.stringify(record.Filter),
          record.MatchedCount,
        ])
        t.same(counts, [
          ['[{"$match":{"fullDocument.for":"a"}}]', 2],
          ['[{"$match":{"fullDocument.for":"b"}}]', 3],
        ])
      })

      await t.test('an error that ends it', async t => {
        const { change: failing } = await reading(driver, next)
        await fail(driver, 'getMore', { errorCode: 8000 })
        await t.rejects(failing)
        await until(() => finals(driver).length > 0)
        t.match(finals(driver), [
          { Outcome: 'failure', EndReason: 'error', ErrorCode: 8000 },
        ])
        t.equal(finals(driver).length, 1)
      })

      await t.test('an error of the first command', async t => {
        driver.watched.clear()
        await fail(driver, 'aggregate', { errorCode: 8000 })
        const stream = watch(driver, [])
        await t.rejects(stream.next())
        await stream.close()
        t.match(finals(driver), [{ Outcome: 'failure', ErrorCode: 8000 }])
        t.equal(finals(driver).length, 1)
      })

      await t.test('a stream() is not resumed', async t => {
        driver.watched.clear()
        const readable = watch(driver, []).stream()
        const error = once(readable, 'error')
        readable.resume()
        await until(() => watches(driver).length > 0)
        await fail(driver, 'getMore', RESUMABLE)
        await error
        await until(() => finals(driver).length > 0)
        t.match(finals(driver), [{ Outcome: 'failure', ErrorCode: 6 }])
      })

      await t.test('the collection is dropped', async t => {
        const { stream, change: invalid } = await reading(driver, next, [
          { $match: { operationType: 'invalidate' } },
        ])
        await things.drop()
        await invalid
        await stream.close()
        await until(() => finals(driver).length > 0)
        t.match(finals(driver), [{ Outcome: 'success', ReturnedCount: 1 }])
      })

      await t.test('the client is closed', async t => {
        const { MongoClient } = driver.watched.mongodb
        const client = new MongoClient(server.uri)
        await client.connect()
        driver.watched.clear()
        const stream = client.db(driver.db.databaseName).collection('c').watch()
        t.equal(await stream.tryNext(), null)
        await client.close()
        t.match(finals(driver), [{ Outcome: 'success', EndReason: 'closed' }])
        t.equal(finals(driver).length, 1)
      })
      t.equal(driver.watched.context.open.size, 0)
    },
    server,
  )
})
