import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { CommandStartedEvent } from 'mongodb'
import { systemClock } from '../../dist/clock.js'
import { FileDestination } from '../../dist/outputs/file.js'
import { type Connect, type Contestant, collectionOf } from './contestant.ts'
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

/** The name of {@link byHand}. */
export const BY_HAND = 'by hand, JSON'

/**
 * What an application would write by hand after each call, if it knew where:
 * one line of JSON with six fields, a third of a record's, by `JSON.stringify`, into the
 * same file class. On the copy of the driver that `off` has, to be compared
 * with it.
 */
export function byHand(off: Contestant, folder: string): Contestant {
  const file = createFile(join(folder, `${BY_HAND}.jsonl`))
  const { dbName: db, collectionName: collection } = collectionOf(off)
  return {
    ...off,
    name: BY_HAND,
    after: ({ operation, filter }, duration) => {
      const time = new Date()
      file.write(
        JSON.stringify({ time, db, collection, operation, filter, duration }),
      )
    },
    leave: () => file.flush(),
  }
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
