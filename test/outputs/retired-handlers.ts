import { createServer } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { startHttpReceiver } from '../fixtures/http-receiver.ts'
import { driverPath } from '../fixtures/packages.ts'
import { ROOT, type RunResult, run } from '../fixtures/run.ts'
import { useServer } from '../fixtures/server.ts'

const WILD = join(__dirname, '../fixtures/misbehaving-transports.cjs')
const GIVEN_UP = 'The transport did not confirm it in time'
const INDEX = JSON.stringify(join(ROOT, 'dist/index.js'))

t.test('what handlers hold when the configuration changes', async t => {
  const server = await useServer(t)
  const packages = [await driverPath('7.9.0')]

  /** Fifty records, another configuration so many times, ten more. */
  const runReloaded = (handler: object, reloads = 1, waitMs = 0) =>
    run(t, {
      packages,
      env: { URI: server.uri, DB: server.dbName },
      config: folder => configOf(folder, handler),
      code: `
        const { MongoClient } = require('mongodb')
        const { configure } = require(${INDEX})
        const { writeFileSync } = require('node:fs')
        const wait = ms => new Promise(resolve => setTimeout(resolve, ms))
        const client = new MongoClient(process.env.URI)
        const things = client.db(process.env.DB).collection('things')
        const insert = async count => {
          for (let i = 0; i < count; i++) await things.insertOne({})
        }
        const main = async () => {
          await insert(50)
          await wait(500)
          for (let i = 0; i < ${reloads}; i++) {
            configure(${JSON.stringify(configOf('.', handler))})
            await insert(1)
          }
          await insert(10)
          await client.close()
          await wait(${waitMs})
        }
        main()`,
    })

  t.test('a receiver that is away: all of it is counted', async t => {
    const endpoint = `http://127.0.0.1:${await unusedPort()}`
    const result = await runReloaded({ class: 'otlp', endpoint })
    t.equal(lostBy(result, 'net'), recordsOf(result).length, result.stderr)
  })

  t.test('a transport that does not call back: the same', async t => {
    const handler = { module: WILD, export: 'NeverCallsBack' }
    const result = await runReloaded(handler)
    t.equal(lostBy(result, 'net'), recordsOf(result).length, result.stderr)
  })

  t.test('many changes: what is given up is counted as well', async t => {
    const endpoint = `http://127.0.0.1:${await unusedPort()}`
    const result = await runReloaded({ class: 'otlp', endpoint }, 8)
    const early = result.records.filter(({ Options }) => {
      return Object(Options).reason === GIVEN_UP
    })
    t.equal(early.length, 4)
    // what says so went to the handler after it, and was lost there
    const all = recordsOf(result).length + early.length
    t.equal(lostBy(result, 'net'), all, result.stderr)
  })

  t.test('a slow receiver gets it, also when the process ends', async t => {
    const { address, received } = await startHttpReceiver(t, (_n, { at }) => {
      while (Date.now() < at + 700);
      return { status: 200 }
    })
    const result = await runReloaded({ class: 'otlp', endpoint: address })
    t.equal(lostBy(result, 'net'), 0, result.stderr)
    const bodies = received.flatMap(({ bodies }) => bodies)
    t.equal(new Set(bodies).size, recordsOf(result).length)
  })

  t.test('a receiver that comes back is told what was lost', async t => {
    const { address, received } = await startHttpReceiver(t, request => ({
      status: request < 3 ? 503 : 200,
    }))
    const queue = { max_records: 20 }
    const batch = { max_records: 1_000, delay_sec: 0 }
    const handler = { class: 'otlp', endpoint: address, queue, batch }
    const result = await runReloaded(handler, 1, 3_000)
    const bodies = received.flatMap(({ bodies }) => bodies)
    const drops = bodies
      .map(body => JSON.parse(body))
      .filter(({ Operation }) => Operation === '$drop')
    const lost = drops.reduce((sum, { Options }) => sum + Options.count, 0)
    t.ok(lost > 0, 'the queue was too small')
    const taken = received.slice(2).flatMap(({ bodies }) => bodies)
    t.equal(
      new Set(taken).size - drops.length + lost,
      recordsOf(result).length,
      result.stderr,
    )
  })
})

function configOf(folder: string, handler: object): object {
  return {
    version: 1,
    formatters: { json: { type: 'json' } },
    handlers: {
      net: { ...handler, formatter: 'json' },
      records: {
        class: 'file',
        filename: `${folder}/records.jsonl`,
        formatter: 'json',
        guarantee: 'written',
      },
    },
    loggers: { mongowatch: { level: 'info', handlers: ['net', 'records'] } },
  }
}

/** What both handlers were given; losses are reported to the other only. */
function recordsOf({ records }: RunResult): RunResult['records'] {
  return records.filter(({ Operation }) => Operation !== '$drop')
}

function lostBy({ records }: RunResult, handler: string): number {
  return records
    .map(({ Operation, Options }) => ({ Operation, ...Object(Options) }))
    .filter(drop => drop.Operation === '$drop' && drop.handler === handler)
    .reduce((sum, { count }) => sum + count, 0)
}

async function unusedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 1
}
