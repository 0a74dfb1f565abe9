import { join } from 'node:path'
import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
} from 'node:worker_threads'
import { CODE_FOLDER } from '../package.ts'
import {
  ENDED,
  type FromThread,
  type Results,
  SIGNAL,
  type ThreadData,
  type ToThread,
} from './transport-protocol.ts'

/** A transport that eats memory ends its thread, not the process. */
const MAX_MEMORY_MB = 256

/** What a thread has to say. */
export interface ThreadEvents {
  readonly onResults: (results: Results) => void
  /** Lines have to wait; why. */
  readonly onTrouble: (reason: string) => void
  /** The receiver asks for a pause. */
  readonly onPause: (milliseconds: number) => void
  /** Lines that were confirmed, and are lost all the same. */
  readonly onLate: (count: number, reason: string) => void
  readonly onEnd: (reason: string) => void
}

/** What a thread runs, and what it is made with. */
export interface ThreadProgram {
  /** Beside this file, without extension. */
  readonly file: string
  readonly spec: unknown
  /** Prints nothing: the process's own streams are left alone. */
  readonly isSilent?: boolean
}

/** A thread with one transport or network connection in it; keeps no process alive. */
export class ThreadLink {
  readonly #port: MessagePort
  readonly #shared = new Int32Array(new SharedArrayBuffer(8))
  readonly #worker: Worker
  readonly #events: ThreadEvents
  #isOver = false
  #reason = 'The thread of the transport ended'

  /** Throws when there can be no thread. */
  constructor(handler: string, program: ThreadProgram, events: ThreadEvents) {
    const { port1, port2 } = new MessageChannel()
    this.#events = events
    this.#port = port1
    const data: ThreadData = {
      handler,
      spec: program.spec,
      port: port2,
      shared: this.#shared,
    }
    this.#worker = new Worker(join(CODE_FOLDER, `outputs/${program.file}.js`), {
      name: `mongowatch ${handler}`,
      workerData: data,
      transferList: [port2],
      // nothing is preloaded there: what a transport does is not watched
      execArgv: [],
      env: { ...process.env, NODE_OPTIONS: '' },
      stdout: program.isSilent === true,
      stderr: program.isSilent === true,
      resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MB },
    })
    this.#worker.unref()
    this.#worker.on('error', error => {
      this.#reason = firstLine(error.message)
    })
    this.#worker.once('exit', () => this.end())
    port1.on('message', (message: FromThread) => this.#take(message))
    port1.unref()
  }

  send(message: ToThread): void {
    this.#port.postMessage(message)
  }

  /** Waits for news, without the event loop; false when none came. */
  waitForNews(milliseconds: number): boolean {
    const before = Atomics.load(this.#shared, SIGNAL)
    if (this.receive()) return true
    if (this.hasEnded) return false
    Atomics.wait(this.#shared, SIGNAL, before, milliseconds)
    return this.receive()
  }

  /** Stops it, whatever it is at. */
  terminate(): void {
    this.#worker.terminate().catch(() => {}) // it has ended
  }

  /** Says the end once; by then all that was confirmed is known. */
  end(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.receive()
    this.#events.onEnd(this.#reason)
  }

  get hasEnded(): boolean {
    return Atomics.load(this.#shared, ENDED) === 1
  }

  /** Takes what has arrived; false when nothing has. */
  receive(): boolean {
    let isNews = false
    for (;;) {
      const received = receiveMessageOnPort(this.#port)
      if (received === undefined) return isNews
      isNews = true
      this.#take(received.message)
    }
  }

  #take(message: FromThread): void {
    if ('results' in message) this.#events.onResults(message.results)
    else if ('trouble' in message) this.#events.onTrouble(message.trouble)
    else if ('pauseMs' in message) this.#events.onPause(message.pauseMs)
    else if ('late' in message) this.#events.onLate(...message.late)
    else this.#reason = firstLine(message.failure)
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text
}
