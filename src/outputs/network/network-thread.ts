import { workerData } from 'node:worker_threads'
import { createOtlpSender } from '../otlp/otlp-sender.ts'
import { createSyslogSender } from '../syslog/syslog-sender.ts'
import {
  ENDED,
  type FromThread,
  SIGNAL,
  type ThreadData,
  type ToThread,
} from '../transport-protocol.ts'
import { Courier } from './courier.ts'
import { MemoryStore } from './memory-store.ts'
import type { NetworkSpec } from './network-spec.ts'
import type { Sender } from './sender.ts'
import { SpoolDirectory } from './spool-directory.ts'
import { SpoolStore } from './spool-store.ts'
import type { Settle, Store } from './store.ts'

// The thread of one network handler. Its sockets, timers and files are not
// the application's, and at exit the application can wait for it.

const { handler, spec, port, shared } = workerData as ThreadData<NetworkSpec>

process.on('uncaughtExceptionMonitor', ({ message }) => {
  say({ failure: message })
})

process.on('exit', () => {
  Atomics.store(shared, ENDED, 1)
  wake()
})

const store = createStore(spec)
const courier = new Courier({
  store,
  sender: createSender(spec.receiver),
  delayMs: spec.batch.delayMs,
  onTrouble: trouble => say({ trouble }),
  onPause: pauseMs => say({ pauseMs }),
  onFinished: () => port.close(),
})

port.on('message', (message: ToThread) => {
  if ('lines' in message) {
    store.put(message.lines.map(([line, level]) => ({ line, level })))
    courier.wake()
  } else if ('hurry' in message) courier.hurry(message.hurry)
  else courier.finish()
})
courier.wake()

function createStore({ batch, spool }: NetworkSpec): Store {
  const settle: Settle = results => say({ results })
  if (spool === undefined) return new MemoryStore(batch, settle)
  return new SpoolStore({
    directory: new SpoolDirectory(spool.directory, handler),
    limits: batch,
    maxBytes: spool.maxBytes,
    settle,
    onLate: (count, reason) => say({ late: [count, reason] }),
  })
}

function createSender(receiver: NetworkSpec['receiver']): Sender {
  return receiver.kind === 'otlp'
    ? createOtlpSender(receiver)
    : createSyslogSender(receiver)
}

function say(message: FromThread): void {
  port.postMessage(message)
  wake()
}

function wake(): void {
  Atomics.add(shared, SIGNAL, 1)
  Atomics.notify(shared, SIGNAL)
}
