import { EventEmitter } from 'node:events'
import type { Level } from '../record/level.ts'
import { runAsOwnWork } from '../record/own-work.ts'
import { warnOnce } from '../warn.ts'
import type { CreateTransport, Transport } from './transport-class.ts'
import { WINSTON_LEVELS, winstonLevel } from './winston-levels.ts'

const LEVEL = Symbol.for('level')
const MESSAGE = Symbol.for('message')

/** Where a transport comes from, and whether it may use MongoDB itself. */
export interface TransportSource {
  readonly create: CreateTransport
  readonly isForeign: boolean
}

/** A transport that is made when the first line comes, and again on demand. */
export class ContainedTransport {
  readonly #source: TransportSource
  readonly #onError: (error: unknown) => void
  #transport: Transport | undefined

  /** `onError` gets what the transport emits; it reaches nobody else. */
  constructor(source: TransportSource, onError: (error: unknown) => void) {
    this.#source = source
    this.#onError = onError
  }

  /**
   * Does what a winston logger would; not through `write`, whose stream state
   * a transport that throws would leave stuck for ever. Throws what the
   * transport or its constructor throws.
   */
  send(line: string, level: Level, done: (error?: unknown) => void): void {
    const name = winstonLevel(level)
    const info = { level: name, message: line, [LEVEL]: name, [MESSAGE]: line }
    const task = () => this.#ready()._write(info, 'utf8', done)
    if (this.#source.isForeign) runAsOwnWork(task)
    else task()
  }

  /** Ends the transport; the next line gets a new one. */
  release(): void {
    const transport = this.#transport
    this.#transport = undefined
    try {
      if (transport?.close) transport.close()
      else transport?.end()
    } catch (error) {
      warnOnce('MONGOWATCH_TRANSPORT', error)
    }
  }

  #ready(): Transport {
    if (this.#transport !== undefined) return this.#transport
    const transport = this.#source.create()
    transport.levels ??= WINSTON_LEVELS
    transport.on('error', this.#onError)
    for (const held of Object.values(transport)) {
      if (isOwnStream(held)) held.on('error', this.#onError)
    }
    this.#transport = transport
    return transport
  }
}

/** A stream inside a transport, unless the application uses it as well. */
function isOwnStream(value: unknown): value is EventEmitter {
  if (value === process.stdout || value === process.stderr) return false
  return value instanceof EventEmitter
}
