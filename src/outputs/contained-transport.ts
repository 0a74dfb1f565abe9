import { EventEmitter } from 'node:events'
import type { Level } from '../record/level.ts'
import { warnOnce } from '../warn.ts'
import type { CreateTransport, Transport } from './transport-class.ts'
import { WINSTON_LEVELS, winstonLevel } from './winston-levels.ts'

const LEVEL = Symbol.for('level')
const MESSAGE = Symbol.for('message')

/** A transport that is made when the first line comes, and again on demand. */
export class ContainedTransport {
  readonly #create: CreateTransport
  readonly #onError: (error: unknown) => void
  #transport: Transport | undefined

  /** `onError` gets what the transport emits; it reaches nobody else. */
  constructor(create: CreateTransport, onError: (error: unknown) => void) {
    this.#create = create
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
    this.#ready()._write(info, 'utf8', done)
  }

  /** Ends the transport; the next line gets a new one. */
  release(): void {
    const transport = this.#transport
    this.#transport = undefined
    if (transport === undefined) return
    for (const end of ['end', 'close'] as const) {
      try {
        transport[end]?.()
      } catch (error) {
        warnOnce('MONGOWATCH_TRANSPORT', error)
      }
    }
  }

  #ready(): Transport {
    if (this.#transport !== undefined) return this.#transport
    const transport = this.#create()
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
