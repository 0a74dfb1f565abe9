import { once } from 'node:events'
import { Readable } from 'node:stream'
import t from 'tap'
import { MongowatchAuditError } from '../../src/errors.ts'
import {
  hasMissedNothing,
  type OnDriver,
  onEachDriver,
} from '../fixtures/drivers.ts'

// biome-ignore lint/suspicious/noExplicitAny: streams of any version
type FileStream = any

const kilobytes = (count: number) => Buffer.alloc(count * 1024, 'x')

function upload(stream: FileStream, content: Buffer): Promise<unknown> {
  const done = once(stream, 'finish')
  Readable.from([content]).pipe(stream)
  return done
}

async function download(stream: FileStream): Promise<number> {
  let bytes = 0
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length
  })
  await once(stream, 'end')
  return bytes
}

function bucketOf({ watched, db }: OnDriver, bucketName: string): FileStream {
  return new watched.mongodb.GridFSBucket(db, {
    bucketName,
    chunkSizeBytes: 1024,
  })
}

t.test('each file that goes in or out is one record', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { watched, db } = driver
    const bucket = bucketOf(driver, 'photos')
    const one = (expected: object): void => {
      const finals = watched.finals()
      t.equal(
        finals.length,
        1,
        `one record: ${finals.map(r => `${r.Collection}.${r.Operation}`)}`,
      )
      t.match(finals[0], {
        _logger: 'mongowatch.gridfs',
        DB: db.databaseName,
        Collection: 'photos',
        Iteration: 'final',
        Server: /:\d+/,
        ...expected,
      })
      watched.clear()
    }

    const writer = bucket.openUploadStream('cat.png', {
      chunkSizeBytes: 2048,
      metadata: { owner: 'me' },
    })
    await upload(writer, kilobytes(9))
    one({
      Operation: 'openUploadStream',
      Filter: { filename: 'cat.png', _id: { $oid: writer.id.toString() } },
      Options: { chunkSizeBytes: 2048, bytes: 9216, metadata: undefined },
      Outcome: 'success',
      EndReason: 'exhausted',
    })

    await upload(bucket.openUploadStreamWithId(7, 'dog.png'), kilobytes(5))
    one({
      Operation: 'openUploadStreamWithId',
      Filter: { _id: 7, filename: 'dog.png' },
      Options: { bytes: 5120 },
      Outcome: 'success',
    })

    t.equal(await download(bucket.openDownloadStream(7)), 5120)
    one({
      Operation: 'openDownloadStream',
      Filter: { _id: 7 },
      Options: { bytes: 5120 },
      Outcome: 'success',
      EndReason: 'exhausted',
    })

    const named = bucket.openDownloadStreamByName('cat.png', { revision: -1 })
    t.equal(await download(named), 9216)
    one({
      Operation: 'openDownloadStreamByName',
      Filter: { filename: 'cat.png' },
      Options: { revision: -1, bytes: 9216 },
    })

    await bucket.rename(7, 'wolf.png')
    one({
      Operation: 'rename',
      Filter: { _id: 7 },
      Update: { $set: { filename: 'wolf.png' } },
      Outcome: 'success',
    })

    await bucket.delete(7)
    one({ Operation: 'delete', Filter: { _id: 7 }, Outcome: 'success' })

    const error = await bucket.delete(7).catch((error: Error) => error)
    one({
      Operation: 'delete',
      Outcome: 'failure',
      ErrorMessage: error.message,
    })

    await bucket.drop()
    one({ Operation: 'drop', Outcome: 'success' })
    hasMissedNothing(t, driver)
  })
})

t.test(
  'the files that find() finds are a cursor of the application',
  async t => {
    await onEachDriver(t, async (t, driver) => {
      const { watched } = driver
      const bucket = bucketOf(driver, 'found')
      await upload(bucket.openUploadStream('a'), kilobytes(1))
      watched.clear()
      t.equal((await bucket.find({ filename: 'a' }).toArray()).length, 1)
      t.match(watched.finals(), [
        {
          _logger: 'mongowatch.cursor',
          Operation: 'find',
          Collection: 'found.files',
          Filter: { filename: 'a' },
          ReturnedCount: 1,
        },
      ])
      hasMissedNothing(t, driver)
    })
  },
)

t.test('what is not carried through says how it ended', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { watched } = driver
    const bucket = bucketOf(driver, 'broken')
    await upload(bucket.openUploadStream('big'), kilobytes(500))
    const ended = async (): Promise<object | undefined> => {
      while (watched.finals().length === 0)
        await new Promise(resolve => setTimeout(resolve, 5))
      const [record] = watched.finals()
      t.equal(watched.finals().length, 1)
      watched.clear()
      return record
    }
    watched.clear()

    const aborted = bucket.openUploadStream('aborted')
    aborted.on('error', () => undefined)
    aborted.write(kilobytes(3))
    await new Promise(resolve => setTimeout(resolve, 50))
    await aborted.abort()
    t.match(await ended(), {
      Operation: 'openUploadStream',
      Filter: { filename: 'aborted' },
      EndReason: 'closed',
      Outcome: 'success',
      Options: { bytes: 3072 },
    })

    const given = bucket.openUploadStream('given up')
    given.write(kilobytes(2))
    await new Promise(resolve => setTimeout(resolve, 50))
    given.destroy()
    t.match(await ended(), {
      Filter: { filename: 'given up' },
      EndReason: 'closed',
    })

    const cut = bucket.openDownloadStreamByName('big')
    await once(cut, 'data')
    cut.destroy()
    t.match(await ended(), {
      Operation: 'openDownloadStreamByName',
      EndReason: 'closed',
      Outcome: 'success',
    })

    const stopped = bucket.openDownloadStreamByName('big')
    await once(stopped, 'data')
    await stopped.abort()
    t.match(await ended(), { EndReason: 'closed', Outcome: 'success' })

    const missing = bucket.openDownloadStream('nothing')
    missing.on('error', () => undefined)
    missing.resume()
    t.match(await ended(), {
      Operation: 'openDownloadStream',
      Filter: { _id: 'nothing' },
      Outcome: 'failure',
      EndReason: 'error',
      ErrorCode: 'ENOENT',
      ErrorMessage: /FileNotFound/,
      Options: { bytes: 0 },
    })

    const twice = bucket.openUploadStreamWithId(7, 'twice')
    await upload(twice, kilobytes(1))
    t.match(await ended(), { EndReason: 'exhausted' })
    const again = bucket.openUploadStreamWithId(7, 'twice')
    again.on('error', () => undefined)
    again.end(kilobytes(1))
    t.match(await ended(), {
      Operation: 'openUploadStreamWithId',
      Outcome: 'failure',
      EndReason: 'error',
      ErrorCode: 11000,
      Filter: { _id: 7, filename: 'twice' },
    })

    bucket.openDownloadStreamByName('big')
    bucket.openUploadStream('never written')
    await new Promise(resolve => setTimeout(resolve, 20))
    t.equal(watched.iterations.length, 0, 'opened only: no operation')
    hasMissedNothing(t, driver)
  })
})

t.test('a stream that a handler refuses is not sent', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { watched, db } = driver
    const bucket = bucketOf(driver, 'refused')
    await upload(bucket.openUploadStream('a'), kilobytes(1))
    const refusal = new MongowatchAuditError('Cannot write')
    watched.context.emit = (_record, phase) =>
      phase === 'first' ? refusal : undefined
    for (const stream of [
      bucket.openUploadStream('b'),
      bucket.openDownloadStreamByName('a'),
    ]) {
      const error = once(stream, 'error')
      if (stream.resume) stream.resume()
      else stream.end(kilobytes(1))
      t.same(await error, [refusal])
    }
    const other = bucketOf(driver, 'other')
    t.throws(() => other.openUploadStream('c'), refusal)
    watched.driver.undo()
    t.equal(await db.collection('refused.files').countDocuments(), 1)
    t.equal(await db.collection('other.files').countDocuments(), 0)
  })
})

t.test('nobody can tell the streams from bare ones', async t => {
  await onEachDriver(t, async (t, driver) => {
    const { watched } = driver
    const bucket = bucketOf(driver, 'bare')
    const seen = () => {
      const writer = bucket.openUploadStream('a')
      const reader = bucket.openDownloadStreamByName('a')
      return [writer, reader].map(stream => ({
        keys: Reflect.ownKeys(stream).map(String),
        of: Object.getOwnPropertyNames(Object.getPrototypeOf(stream)),
        all: allKeys(stream),
        events: stream.eventNames(),
        emit: [stream.emit.name, stream.emit.length],
        isEmitter: stream instanceof require('node:events').EventEmitter,
      }))
    }
    const masked = seen()
    watched.driver.undo()
    t.same(masked, seen())
  })
})

function allKeys(stream: object): string[] {
  const keys: string[] = []
  for (const key in stream) keys.push(key)
  return keys.sort() // not where on the chain they are
}
