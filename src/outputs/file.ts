import { isMainThread } from 'node:worker_threads'
import { type Clock, systemClock } from '../clock.ts'
import { warn } from '../warn.ts'
import { AuditFile } from './audit-file.ts'
import { Backoff } from './backoff.ts'
import { Batch } from './batch.ts'
import { type Destination, type Loss, Tally } from './destination.ts'
import { fileHeader } from './file-header.ts'
import type { FileOptions } from './file-options.ts'
import { LineBuffer } from './line-buffer.ts'
import type { LineSource } from './line-source.ts'
import { Pace } from './pace.ts'

const BATCH_BYTES = 64 * 1024
const BATCH_MS = 100
/** Looking at the path costs as much as writing one record. */
const LOOK_EVERY_MS = 5
const NOT_BROKEN = { line: '', bytes: 0 }

/** The audit file of one handler. */
export class FileDestination implements Destination {
  readonly tally = new Tally()
  readonly gathers: boolean
  readonly #file: AuditFile
  readonly #buffer: LineBuffer
  readonly #backoff = new Backoff()
  /** Only who may lose records need not wait for a slow disk. */
  readonly #pace: Pace | undefined
  readonly #options: FileOptions
  readonly #source: LineSource
  readonly #clock: Clock
  /** Batches would be lost in a worker: it gets no `exit` event. */
  readonly #atOnce: boolean
  /** A line needs no batch: nothing is done to it, and nothing after it. */
  readonly #isPlain: boolean
  #timer: NodeJS.Timeout | undefined
  #lastError: Error | undefined
  /** A first line that is half on disk, and how many of its bytes are. */
  #broken = NOT_BROKEN
  #isSaid = false
  /** The disk said that it may not have what the file has. */
  #isUnsynced = false
  /** A report that may be half in the file: it stays as it is until whole. */
  #report: { readonly loss: Loss; readonly line: string } | undefined
  #closed = false

  constructor(
    options: FileOptions,
    source: LineSource,
    clock: Clock = systemClock,
  ) {
    this.#options = options
    this.#source = source
    this.#clock = clock
    this.#atOnce = options.guarantee !== 'batched' || !isMainThread
    this.gathers = !this.#atOnce && options.onFailure !== 'refuse'
    if (this.gathers) this.#pace = new Pace()
    const { chain, fsync } = options
    const header =
      chain === undefined ? source.header : fileHeader(chain, options)
    const isOurs = chain && ((fd: number) => chain.knows(fd))
    // who would rather refuse an operation must not write to a removed file
    const mayTrust = this.#atOnce && options.onFailure !== 'refuse'
    this.#isPlain = mayTrust && chain === undefined && !fsync
    const lookEveryMs = mayTrust ? LOOK_EVERY_MS : 0
    this.#file = new AuditFile(
      { ...options, ...(header && { header }), isOurs, lookEveryMs },
      clock,
    )
    this.#buffer = new LineBuffer(options.buffer)
  }

  write(line: string): void {
    if (this.#closed) {
      this.#lose(1, 'The handler is closed')
      return
    }
    if (this.#isPlain && this.#writeLine(line)) return
    const bytes = Buffer.byteLength(line)
    if (this.#buffer.isFullFor(bytes) && !this.#makeRoom(bytes)) return
    this.#buffer.push(line, bytes)
    if (this.#atOnce || this.#buffer.bytes >= BATCH_BYTES) this.flushDue()
    else this.#arm(BATCH_MS)
  }

  get pending(): number {
    return this.#buffer.length
  }

  flush(): void {
    this.#disarm()
    while (this.#hasWork && this.#writeBatch());
    if (this.#hasWork) this.#arm(this.#wait)
  }

  flushDue(): void {
    while (this.#hasWork && this.#wait === 0 && this.#writeBatch());
    if (this.#hasWork) this.#arm(this.#wait)
    else this.#disarm()
  }

  close(): void {
    if (this.#closed) return
    this.flush()
    this.#disarm()
    this.#closed = true
    this.#lose(this.#buffer.length, this.#lastError?.message ?? 'Closed')
    this.#buffer.remove(this.#buffer.length)
    this.#endChain()
    this.#file.close()
  }

  problem(): Error | undefined {
    if (this.#options.onFailure !== 'refuse') return undefined
    if (this.#backoff.failing) this.flushDue()
    return this.#backoff.failing ? this.#lastError : undefined
  }

  get #hasWork(): boolean {
    if (this.#buffer.length > 0 || this.#backoff.failing) return true
    return this.tally.unreported !== undefined
  }

  get #wait(): number {
    const now = this.#clock.monotonic()
    return Math.max(this.#backoff.wait(now), this.#pace?.wait(now) ?? 0)
  }

  /** True when the whole line is in the file, which others do not wait for. */
  #writeLine(line: string): boolean {
    if (this.#hasWork) return false
    const bytes = Buffer.from(`${line}\n`)
    const done = this.#file.appendLine(bytes)
    if (done === bytes.length) {
      this.tally.written++
      return true
    }
    if (done > 0) this.#broken = { line, bytes: done }
    return false
  }

  /** Writes about 64 KiB; false when that failed. */
  #writeBatch(): boolean {
    const batch = this.#nextBatch()
    const appended = this.#file.append(batch, this.#resume)
    const { bytes, tookMs, error, isUnsynced = false, isPipe } = appended
    this.#pace?.wrote(tookMs, this.#clock.monotonic())
    const { lines, hasDrop, rest } = batch.settle(bytes, isPipe)
    this.#buffer.remove(lines)
    if (isUnsynced) this.#doubt(lines, error)
    else {
      this.tally.written += lines
      if (hasDrop && batch.loss) this.tally.reported(batch.loss)
    }
    if (hasDrop) this.#report = undefined
    if (error !== undefined) return this.#failed(error, rest)
    this.#broken = NOT_BROKEN
    this.#isUnsynced = false
    this.#lastError = undefined
    this.#backoff.succeed()
    return true
  }

  /** They are in the file, and perhaps not on the disk: nobody can tell. */
  #doubt(lines: number, error: Error | undefined): void {
    this.#isUnsynced = true
    this.#lose(lines, `${error?.message}: they may not be on the disk`)
  }

  #nextBatch(): Batch {
    const { buffer, chain } = this.#options
    const { onFull } = buffer
    // the disk first: what is added to the file would be in doubt as well
    if (this.#isUnsynced) return new Batch([], { onFull, chain })
    const lines = this.#buffer.peek(2 * BATCH_BYTES)
    const loss = this.#resume > 0 ? undefined : this.tally.unreported
    if (loss === undefined) return new Batch(lines, { onFull, chain })
    this.#report ??= { loss, line: this.#source.dropLine(loss) }
    return new Batch(lines, { onFull, chain, loss: this.#report })
  }

  /** Bytes of the first line that an earlier write has left in the file. */
  get #resume(): number {
    const { line, bytes } = this.#broken
    return bytes > 0 && this.#buffer.first === line ? bytes : 0
  }

  #failed(error: Error, rest: number): false {
    this.#lastError = error
    this.#broken = { line: this.#buffer.first ?? '', bytes: rest }
    this.#backoff.fail(this.#clock.monotonic())
    if (this.#isSaid) return false
    this.#isSaid = true
    warn(
      'MONGOWATCH_WRITE',
      `Handler ${this.#source.name} cannot write ${this.#options.filename}: ${error.message}. It goes on trying; what is lost is counted`,
    )
    return false
  }

  /** The last line says that nothing comes after it. */
  #endChain(): void {
    const { chain, buffer } = this.#options
    if (!chain?.hasBegun) return
    const batch = new Batch([], { onFull: buffer.onFull, chain, isEnd: true })
    batch.settle(this.#file.append(batch, 0).bytes)
  }

  #makeRoom(bytes: number): boolean {
    const { onFull } = this.#options.buffer
    if (onFull === 'block' || this.#wait === 0) this.#writeNow(bytes)
    if (!this.#buffer.isFullFor(bytes)) return true
    const reason = this.#lastError?.message ?? 'The disk is slow'
    if (onFull !== 'drop_old') {
      this.#lose(1, reason)
      return false
    }
    while (this.#buffer.isFullFor(bytes)) {
      // the line that is half in the file will be finished
      const isHalfWritten = this.#resume > 0 && this.#buffer.length > 1
      if (isHalfWritten) this.#buffer.removeSecond()
      else this.#buffer.remove(1)
      this.#lose(1, reason)
    }
    return true
  }

  /** However slow the disk is. */
  #writeNow(bytes: number): void {
    if (this.#backoff.wait(this.#clock.monotonic()) > 0) return
    while (this.#buffer.isFullFor(bytes) && this.#writeBatch());
  }

  #lose(count: number, reason: string): void {
    this.tally.lose(count, reason, this.#clock.wall())
  }

  #arm(wait: number): void {
    if (this.#timer !== undefined || this.#closed) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.flushDue()
    }, wait).unref()
  }

  #disarm(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
