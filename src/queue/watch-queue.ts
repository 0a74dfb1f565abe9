import { type Clock, systemClock } from '../clock.ts'
import { type AuditRecord, copyRecord } from '../record/record.ts'
import { approximateBytes } from './approximate-bytes.ts'

/** Bounds of the iterations one handler holds. */
export interface WatchQueueOptions {
  /**
   * Seconds after which a held iteration is let go though the operation is
   * still open. @default undefined: only when final or timed out
   */
  readonly forcedDelaySec?: number | undefined
  /** Operations held at once. @default 10_000 */
  readonly maxRecords?: number
  /** Approximate bytes held at once. @default 33_554_432 */
  readonly maxBytes?: number
  /** `block` lets the oldest go early instead. @default drop_old */
  readonly onFull?: 'drop_old' | 'drop_new' | 'block'
}

interface Held {
  record: AuditRecord
  bytes: number
  readonly since: number
}

/**
 * The newest iteration of each open operation of one handler. A held
 * iteration is a copy, since the live record goes on changing; the final one
 * never gets here.
 */
export class WatchQueue {
  readonly #held = new Map<string, Held>()
  readonly #options: Required<WatchQueueOptions>
  readonly #release: (record: AuditRecord) => void
  readonly #lose: (reason: string) => void
  readonly #clock: Clock
  #bytes = 0
  #timer: NodeJS.Timeout | undefined

  constructor(
    options: WatchQueueOptions,
    release: (record: AuditRecord) => void,
    lose: (reason: string) => void,
    clock: Clock = systemClock,
  ) {
    this.#options = {
      forcedDelaySec: options.forcedDelaySec,
      maxRecords: options.maxRecords ?? 10_000,
      maxBytes: options.maxBytes ?? 32 * 1024 * 1024,
      onFull: options.onFull ?? 'drop_old',
    }
    this.#release = release
    this.#lose = lose
    this.#clock = clock
  }

  get size(): number {
    return this.#held.size
  }

  /** Keeps this iteration instead of an older one of its operation. */
  hold(record: AuditRecord): void {
    const bytes = approximateBytes(record)
    if (this.#replace(record, bytes)) return
    this.forget(record.WatchID)
    if (!this.#makeRoom(bytes)) return
    const since = this.#clock.monotonic()
    this.#bytes += bytes
    this.#held.set(record.WatchID, { record: copyRecord(record), bytes, since })
    this.#arm()
  }

  /** A later iteration was written, or the final one was refused. */
  forget(watchId: string): void {
    const held = this.#held.get(watchId)
    if (held === undefined) return
    this.#held.delete(watchId)
    this.#bytes -= held.bytes
  }

  /** Lets everything go, oldest first. */
  releaseAll(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const { record } of [...this.#held.values()]) this.#letGo(record)
  }

  #letGo(record: AuditRecord): void {
    this.forget(record.WatchID)
    this.#release(record)
  }

  /** In the place of the older iteration, if it may take as much. */
  #replace(record: AuditRecord, bytes: number): boolean {
    const before = this.#held.get(record.WatchID)
    if (before === undefined) return false
    const sum = this.#bytes - before.bytes + bytes
    if (sum > this.#options.maxBytes) return false
    this.#bytes = sum
    before.bytes = bytes
    before.record = copyRecord(record)
    return true
  }

  #makeRoom(bytes: number): boolean {
    const { maxRecords, maxBytes, onFull } = this.#options
    for (const { record } of this.#held.values()) {
      const isFull =
        this.#held.size >= maxRecords || this.#bytes + bytes > maxBytes
      if (!isFull) return true
      if (onFull === 'block') this.#letGo(record)
      else this.#lose('The queue is full')
      if (onFull === 'drop_new') return false
      this.forget(record.WatchID)
    }
    return true
  }

  #arm(): void {
    const { forcedDelaySec } = this.#options
    if (forcedDelaySec === undefined || this.#timer !== undefined) return
    const [oldest] = this.#held.values()
    if (oldest === undefined) return
    const due = oldest.since + forcedDelaySec * 1000
    const wait = Math.max(1, due - this.#clock.monotonic())
    this.#timer = setTimeout(() => this.#releaseDue(), wait).unref()
  }

  #releaseDue(): void {
    this.#timer = undefined
    const delay = (this.#options.forcedDelaySec ?? 0) * 1000
    const now = this.#clock.monotonic()
    for (const { record, since } of [...this.#held.values()]) {
      if (since + delay > now) break
      this.#letGo(record)
    }
    this.#arm()
  }
}
