import {
  closeSync,
  constants,
  existsSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { isLevel, type Level } from '../../record/level.ts'
import type { Message, Verdict } from './sender.ts'
import type { SpoolDirectory } from './spool-directory.ts'
import type { Batch, BatchLimits, Settle, Store } from './store.ts'

const { O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants
const NEW_FILE = O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY
const LOOK_EVERY_MS = 5_000

/** What a spool is made with. */
export interface SpoolParts {
  readonly directory: SpoolDirectory
  readonly limits: BatchLimits
  /** Bytes that all batches of the handler may have together. */
  readonly maxBytes: number
  readonly settle: Settle
  /** Told of messages that were confirmed, and are lost all the same. */
  readonly onLate: (count: number, reason: string) => void
}

/** The batch that is being written. */
interface OpenBatch {
  readonly path: string
  readonly fd: number
  count: number
  bytes: number
}

interface SpooledBatch extends Batch {
  readonly path: string
}

/**
 * Messages wait in files, each of which is a batch: written before it is
 * confirmed, removed when the receiver has taken it. A process that ends in
 * between leaves it to the next, so a batch may arrive twice, but not never.
 */
export class SpoolStore implements Store {
  readonly #parts: SpoolParts
  readonly #paths: string[]
  #open: OpenBatch | undefined
  #lookedAt = Date.now()

  constructor(parts: SpoolParts) {
    this.#parts = parts
    this.#paths = parts.directory.adopt()
  }

  get hasWork(): boolean {
    return this.#paths.length > 0 || this.#open !== undefined
  }

  get isFull(): boolean {
    return this.#paths.length > 0
  }

  put(messages: readonly Message[]): void {
    for (let i = 0; i < messages.length; ) {
      i += this.#write(messages.slice(i, i + this.#room))
    }
  }

  take(): SpooledBatch | undefined {
    this.#adopt()
    if (this.#paths.length === 0) this.#closeOpen()
    for (let path = this.#paths[0]; path !== undefined; path = this.#paths[0]) {
      const messages = read(path)
      if (messages.length > 0) return { path, messages }
      this.#paths.shift()
      rmSync(path, { force: true })
    }
    return undefined
  }

  end(_batch: Batch, { refused, reason }: Verdict): void {
    const path = this.#paths.shift()
    if (path !== undefined) rmSync(path, { force: true })
    if (refused > 0) this.#parts.onLate(refused, reason)
  }

  /** What waits stays for the next process: nothing is sent from here on. */
  giveUp(): void {
    this.#closeOpen()
    this.#paths.length = 0
  }

  close(): void {
    this.#closeOpen()
    this.#parts.directory.close()
  }

  /** Messages that the open batch can still take. */
  get #room(): number {
    const { maxRecords } = this.#parts.limits
    return Math.max(1, maxRecords - (this.#open?.count ?? 0))
  }

  /** Writes messages to the open batch and settles them; answers how many. */
  #write(messages: readonly Message[]): number {
    const count = messages.length
    try {
      const open = this.#open ?? this.#begin()
      append(open, messages)
      const { maxRecords, maxBytes } = this.#parts.limits
      const isFull = open.count >= maxRecords || open.bytes >= maxBytes
      if (isFull) this.#closeOpen()
      this.#parts.settle(messages.map(() => null))
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.#parts.settle(messages.map(() => reason))
    }
    return count
  }

  #begin(): OpenBatch {
    const { directory, maxBytes } = this.#parts
    if (directory.bytes() >= maxBytes) throw new Error('The spool is full')
    const path = directory.newPath()
    const fd = openSync(path, NEW_FILE, 0o640)
    this.#open = { path, fd, count: 0, bytes: 0 }
    return this.#open
  }

  #closeOpen(): void {
    const open = this.#open
    this.#open = undefined
    if (open === undefined) return
    closeSync(open.fd)
    if (open.count > 0) this.#paths.push(open.path)
    else rmSync(open.path, { force: true })
  }

  /** Now and then looks for what other processes have left behind. */
  #adopt(): void {
    const now = Date.now()
    if (now - this.#lookedAt < LOOK_EVERY_MS) return
    this.#lookedAt = now
    this.#paths.push(...this.#parts.directory.adopt())
  }
}

/** All of the messages, or none of them. */
function append(open: OpenBatch, messages: readonly Message[]): void {
  const text = messages.map(({ level, line }) => `${level} ${line}\n`).join('')
  const chunk = Buffer.from(text)
  try {
    for (let done = 0; done < chunk.length; ) {
      done += writeSync(open.fd, chunk, done)
    }
  } catch (error) {
    ftruncateSync(open.fd, open.bytes)
    throw error
  }
  open.count += messages.length
  open.bytes += chunk.length
}

/**
 * A batch whose writer died in the middle of a line ends with that line; one
 * that is gone was taken over while this process did not run.
 */
function read(path: string): Message[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n')
  lines.pop()
  return lines.map(text => {
    const space = text.indexOf(' ')
    return { level: levelOf(text.slice(0, space)), line: text.slice(space + 1) }
  })
}

function levelOf(text: string): Level {
  return isLevel(text) ? text : 'info'
}
