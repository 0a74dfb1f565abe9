import {
  closeSync,
  fstatSync,
  openSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs'
import { CommandError } from '../problem.ts'
import type { Source, SourceState } from './source.ts'

/** Files that are open at once: a system lets a process have few. */
const MAX_OPEN = 64

/** Those that are open now, the one that was read last at the end. */
const open = new Map<OpenFile, number>()

/** A file that is opened again when it is needed again. */
export class OpenFile implements Source {
  readonly name: string
  readonly size: number
  readonly #stats: Stats

  constructor(path: string, descriptor: number, stats: Stats) {
    this.name = path
    this.size = stats.size
    this.#stats = stats
    this.#keep(descriptor)
  }

  read(bytes: Uint8Array, at: number, length: number, offset: number): number {
    const descriptor = open.get(this) ?? this.#again()
    this.#keep(descriptor)
    return readSync(descriptor, bytes, at, length, offset)
  }

  state(): SourceState {
    const { dev, ino, mtimeMs, size } = this.#stats
    const named = statSync(this.name, { throwIfNoEntry: false })
    const descriptor = open.get(this)
    const now = descriptor === undefined ? named : fstatSync(descriptor)
    return {
      size: now?.size ?? size,
      isWritten: now?.size !== size || now.mtimeMs !== mtimeMs,
      isMoved: named?.ino !== ino || named.dev !== dev,
    }
  }

  close(): void {
    const descriptor = open.get(this)
    if (descriptor !== undefined) closeSync(descriptor)
    open.delete(this)
  }

  #keep(descriptor: number): void {
    open.delete(this)
    open.set(this, descriptor)
    const [oldest] = open.keys()
    if (open.size > MAX_OPEN) oldest?.close()
  }

  #again(): number {
    const descriptor = openSync(this.name, 'r')
    const { ino, dev } = fstatSync(descriptor)
    if (ino === this.#stats.ino && dev === this.#stats.dev) return descriptor
    closeSync(descriptor)
    throw new CommandError(`${this.name}: it was replaced while it was read`)
  }
}
