import { workerData } from 'node:worker_threads'
import {
  ENDED,
  type FromThread,
  SIGNAL,
  type ThreadData,
  type ToThread,
} from './transport-protocol.ts'
import { type TransportSpec, transportFrom } from './transport-spec.ts'
import { WinstonDestination } from './winston-transport.ts'

// The thread of one winston transport. It ends by itself when the transport
// has nothing more to do after its end.

const { handler, spec, port, shared } = workerData as ThreadData<TransportSpec>
let results: (string | null)[] = []
let isEnding = false

const destination = new WinstonDestination(
  {
    create: transportFrom(spec),
    buffer: { maxRecords: Infinity, maxBytes: Infinity, onFull: 'block' },
    onSettled: error => {
      results.push(error ?? null)
      if (results.length === 1) setImmediate(report)
    },
  },
  {
    name: handler,
    dropLine: () => '',
    // the main thread knows what must not be shown
    onTrouble: trouble => port.postMessage({ trouble } satisfies FromThread),
  },
)

port.on('message', (message: ToThread) => {
  if ('end' in message) isEnding = true
  if ('lines' in message) {
    for (const [line, level] of message.lines) destination.write(line, level)
  }
  endIfDone()
})

process.on('uncaughtExceptionMonitor', ({ message }) => {
  port.postMessage({ failure: message } satisfies FromThread)
})

process.on('exit', () => {
  if (results.length > 0) port.postMessage({ results } satisfies FromThread)
  Atomics.store(shared, ENDED, 1)
  wake()
})

function report(): void {
  port.postMessage({ results } satisfies FromThread)
  results = []
  wake()
  endIfDone()
}

function endIfDone(): void {
  if (!isEnding || destination.pending > 0 || results.length > 0) return
  destination.close()
  port.close()
}

function wake(): void {
  Atomics.add(shared, SIGNAL, 1)
  Atomics.notify(shared, SIGNAL)
}
