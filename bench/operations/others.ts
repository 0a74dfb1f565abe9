import { openSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { CommandStartedEvent } from 'mongodb'
import { systemClock } from '../../dist/clock.js'
import { FileDestination } from '../../dist/outputs/file.js'
import {
  type Asked,
  type Connect,
  type Contestant,
  collectionOf,
} from './contestant.ts'
import { type Driver, loadCopy } from './drivers.ts'

/** The driver alone, and its own command monitoring, on one copy. */
export async function plainContestants(
  root: string,
  uri: string,
  folder: string,
  connect: Connect,
): Promise<Contestant[]> {
  const again = await connect(new (loadCopy(root).MongoClient)(uri))
  const driver = loadCopy(root)
  const client = await connect(new driver.MongoClient(uri))
  const empty = await monitored(driver, uri)
  for (const event of EVENTS) empty.on(event, () => {})
  return [
    { name: 'bare', client },
    { name: 'bare, again', client: again },
    { name: 'monitoring, empty', client: empty },
    await monitoringToFile(driver, uri, folder),
  ]
}

const EVENTS = ['commandStarted', 'commandSucceeded', 'commandFailed'] as const

function monitored(driver: Driver, uri: string) {
  return new driver.MongoClient(uri, { monitorCommands: true }).connect()
}

/** One line of JSON per command, into the file class of mongowatch. */
async function monitoringToFile(
  driver: Driver,
  uri: string,
  folder: string,
): Promise<Contestant> {
  const name = 'monitoring, JSON'
  const file = createFile(join(folder, `${name}.jsonl`))
  const client = await monitored(driver, uri)
  const started = new Map<number, CommandStartedEvent>()
  client.on('commandStarted', event => started.set(event.requestId, event))
  const ended = (event: { requestId: number; duration: number }) => {
    const { commandName, databaseName, command } =
      started.get(event.requestId) ?? {}
    started.delete(event.requestId)
    const { duration } = event
    const time = new Date()
    file.write(
      JSON.stringify({ time, commandName, databaseName, command, duration }),
    )
  }
  client.on('commandSucceeded', ended)
  client.on('commandFailed', ended)
  return { name, client, leave: () => file.flush() }
}

/** The names of those that {@link byHand} makes. */
export const BY_HAND = 'by hand, JSON'
const BY_HAND_WRITTEN = 'by hand, written'

/**
 * What an application would write by hand after each call, if it knew where:
 * one line of JSON with six fields, a third of a record's, by `JSON.stringify`,
 * into the same file class; and the same with a system call for each line, as
 * the least that `written` can cost. On the copy of the driver that `off` has,
 * to be compared with it.
 */
export function byHand(off: Contestant, folder: string): Contestant[] {
  const file = createFile(join(folder, `${BY_HAND}.jsonl`))
  const written = openSync(join(folder, `${BY_HAND_WRITTEN}.jsonl`), 'a')
  const { dbName: db, collectionName: collection } = collectionOf(off)
  const lineOf = ({ operation, filter }: Asked, duration: number) =>
    JSON.stringify({
      time: new Date(),
      ...{ db, collection, operation, filter, duration },
    })
  return [
    {
      ...off,
      name: BY_HAND,
      after: (asked, duration) => file.write(lineOf(asked, duration)),
      leave: () => file.flush(),
    },
    {
      ...off,
      name: BY_HAND_WRITTEN,
      after: (asked, duration) => {
        writeSync(written, `${lineOf(asked, duration)}\n`)
      },
      leave: () => {},
    },
  ]
}

function createFile(filename: string): FileDestination {
  return new FileDestination(
    {
      filename,
      mode: 0o640,
      fsync: false,
      maxBytes: undefined,
      every: undefined,
      backupCount: 0,
      maxAge: undefined,
      compress: false,
      guarantee: 'batched',
      onFailure: 'drop',
      buffer: { maxBytes: 64 << 20, maxRecords: 100_000, onFull: 'drop_old' },
    },
    { name: 'monitoring', header: undefined, dropLine: () => '' },
    systemClock,
  )
}

/**
 * OpenTelemetry's instrumentation with a batch processor whose exporter drops
 * everything. Its context costs every promise of the process: it is switched
 * on for its own blocks only.
 */
export async function telemetryContestant(
  root: string,
  uri: string,
  connect: Connect,
): Promise<Contestant> {
  const { NodeTracerProvider, BatchSpanProcessor } = await import(
    '@opentelemetry/sdk-trace-node'
  )
  const { AsyncLocalStorageContextManager } = createRequire(
    require.resolve('@opentelemetry/sdk-trace-node'),
  )('@opentelemetry/context-async-hooks')
  const { registerInstrumentations } = await import(
    '@opentelemetry/instrumentation'
  )
  const { MongoDBInstrumentation } = await import(
    '@opentelemetry/instrumentation-mongodb'
  )
  const exporter = {
    export: (_spans: unknown, done: (result: { code: number }) => void) =>
      done({ code: 0 }),
    shutdown: async () => {},
  }
  const processor = new BatchSpanProcessor(exporter, { maxQueueSize: 65_536 })
  const tracerProvider = new NodeTracerProvider({ spanProcessors: [processor] })
  const contextManager = new AsyncLocalStorageContextManager()
  tracerProvider.register({ contextManager })
  registerInstrumentations({
    tracerProvider,
    instrumentations: [
      new MongoDBInstrumentation({ requireParentSpan: false }),
    ],
  })
  const driver = loadCopy(root)
  const client = await connect(new driver.MongoClient(uri))
  return {
    name: 'OpenTelemetry',
    client,
    leave: () => {
      contextManager.disable()
    },
  }
}
