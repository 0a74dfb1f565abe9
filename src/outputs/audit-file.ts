import {
  closeSync,
  fstatSync,
  fsyncSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs'
import { type Clock, systemClock } from '../clock.ts'
import type { OpenedFile } from '../integrity/chain.ts'
import type { Appended } from './appended.ts'
import type { Batch } from './batch.ts'
import { closeTail } from './close-tail.ts'
import type { AuditFileOptions } from './file-options.ts'
import { type NewFile, openForAppend } from './open-file.ts'
import { Rotation } from './rotation.ts'
import { sleep } from './sleep.ts'

/** So near to the limit what others add between two looks matters. */
const NEAR_BYTES = 2 * 1024 * 1024
/** How often, and after how long, a foreign file is looked for again. */
const FOREIGN_LOOKS = 20
const FOREIGN_LOOK_MS = 5
/** Bytes of a header that is made for each file, at most. */
const MADE_HEADER_BYTES = 1024

/** The file that is open, and what is known of it. */
interface Held extends OpenedFile {
  readonly stats: Stats
  /** Size when the path was last looked at, and what we added since. */
  size: number
  readonly lookedAt: number
  /** Nothing was written since. */
  isFresh: boolean
  /** It has to be moved away before anything is written. */
  readonly isForeign: boolean
}

/**
 * One append-only descriptor that several processes and threads may hold on
 * the same path. Writes whole lines; what a full disk or a killed writer left
 * half-written is closed with a line end before anything else is added.
 */
export class AuditFile {
  readonly #options: AuditFileOptions
  readonly #rotation: Rotation
  readonly #clock: Clock
  /** Bytes of a file with nothing but a header. */
  readonly #emptyBytes: number
  #held: Held | undefined
  /** Size of the file after a write of ours that stopped within a line. */
  #brokenAt = -1

  constructor(options: AuditFileOptions, clock: Clock = systemClock) {
    const { filename, header } = options
    this.#options = options
    this.#clock = clock
    this.#rotation = new Rotation(filename, options, clock)
    this.#emptyBytes = headerBytes(header)
  }

  /**
   * Appends whole lines. `resume` says how many bytes of the batch an earlier
   * attempt has written: they are not repeated if nobody wrote since.
   */
  append(batch: Batch, resume: number): Appended {
    let done = resume
    let length = 0
    let began: number | undefined
    let held: Held | undefined
    const tookMs = () =>
      began === undefined ? 0 : this.#clock.monotonic() - began
    try {
      held = this.#ready(batch.bytes)
      const from = this.#closeTail(held, resume)
      const chunk = batch.chunk(held, from > 0)
      length = chunk.length
      done = from
      began = this.#clock.monotonic()
      while (done < chunk.length) done += writeSync(held.fd, chunk, done)
      held.size += done - from
      held.isFresh = false
      this.#brokenAt = -1
      if (this.#options.fsync && held.stats.isFile()) fsyncSync(held.fd)
      return { bytes: done, tookMs: tookMs() }
    } catch (error) {
      if (done > 0 && done < length) this.#rememberEnd()
      const isUnsynced = length > 0 && done === length
      return {
        bytes: done,
        tookMs: tookMs(),
        error: toError(error),
        isUnsynced,
        isPipe: held?.stats.isFile() === false,
      }
    }
  }

  /**
   * Appends one line to the file that is held, if nothing has to be looked
   * for: how many of its bytes are in the file now. The rest is for `append`,
   * which meets what is wrong again and tells it.
   */
  appendLine(line: Buffer): number {
    const held = this.#held
    if (held === undefined || held.isFresh || !held.stats.isFile()) return 0
    const now = this.#clock.monotonic()
    if (this.#mustLook(held, now, line.length)) return 0
    let done = 0
    try {
      while (done < line.length) done += writeSync(held.fd, line, done)
    } catch {} // append meets it again
    held.size += done
    if (done > 0 && done < line.length) this.#rememberEnd()
    return done
  }

  close(): void {
    this.#rotation.close()
    this.#letGo()
  }

  /** The file to write so many bytes to: the one at the path, not too full. */
  #ready(bytes: number): Held {
    const now = this.#clock.monotonic()
    const known = this.#held
    if (known !== undefined && !this.#mustLook(known, now, bytes)) return known
    const held = this.#current(now)
    if (!held.isForeign && !this.#isDue(held.stats, held.size, bytes)) {
      return held
    }
    this.#rotation.rotate(
      held.stats,
      file => held.isForeign || this.#isDue(file, file.size, bytes),
    )
    return this.#ours(now)
  }

  /** Whoever holds the lock moves a foreign file away in a moment. */
  #ours(now: number): Held {
    let next = this.#current(now)
    for (let i = 0; next.isForeign && i < FOREIGN_LOOKS; i++) {
      sleep(FOREIGN_LOOK_MS)
      next = this.#current(now)
    }
    if (!next.isForeign) return next
    throw new Error(
      'It was begun without integrity, or with another key, and cannot be moved away',
    )
  }

  #mustLook(held: Held, now: number, bytes: number): boolean {
    const { lookEveryMs } = this.#options
    if (held.isForeign || now - held.lookedAt >= lookEveryMs) return true
    return this.#isDue(held.stats, held.size, bytes + NEAR_BYTES)
  }

  #isDue(file: Stats, size: number, bytes: number): boolean {
    return this.#rotation.isDue(file, size, bytes, this.#emptyBytes)
  }

  /** Opens the path, again if it is no longer the file we hold. */
  #current(now: number): Held {
    const held = this.#held
    if (held !== undefined) {
      const found = statSync(this.#options.filename, { throwIfNoEntry: false })
      const isSame =
        found?.ino === held.stats.ino && found.dev === held.stats.dev
      if (
        isSame &&
        !this.#needsHeader(found) &&
        found.size >= held.stats.size
      ) {
        return this.#hold(held, found, now)
      }
    } else this.#rotation.tidy()
    return this.#open(now)
  }

  #isForeign(fd: number, stats: Stats): boolean {
    const { isOurs, filename } = this.#options
    if (isOurs === undefined) return false
    if (stats.isFile()) return !isOurs(fd)
    closeSync(fd)
    throw new Error(`${filename} is no file: integrity needs one`)
  }

  /** The file before is let go only now: a header may have to look at it. */
  #open(now: number): Held {
    const { fd, stats } = openForAppend(this.#options, this.#held?.fd)
    this.#letGo()
    const isForeign = this.#isForeign(fd, stats)
    return this.#hold({ fd, opened: {}, isForeign }, stats, now)
  }

  #hold(
    { fd, opened, isForeign }: Pick<Held, 'fd' | 'opened' | 'isForeign'>,
    stats: Stats,
    now: number,
  ): Held {
    const { size } = stats
    this.#held = {
      ...{ fd, opened, isForeign, stats, size },
      lookedAt: now,
      isFresh: true,
    }
    return this.#held
  }

  /** Somebody cut the file to nothing. */
  #needsHeader(file: Stats): boolean {
    return this.#emptyBytes > 0 && file.isFile() && file.size === 0
  }

  #letGo(): void {
    const held = this.#held
    this.#held = undefined
    if (held !== undefined) closeSync(held.fd)
  }

  /** Where in the chunk to go on, after the last line is a whole line. */
  #closeTail({ fd, stats, isFresh }: Held, resume: number): number {
    if (!stats.isFile()) return resume
    if (resume > 0 && fstatSync(fd).size === this.#brokenAt) return resume
    if (isFresh) closeTail(fd, this.#options.filename)
    return 0
  }

  #rememberEnd(): void {
    const held = this.#held
    if (held === undefined) return
    held.isFresh = true // what comes next looks at the end first
    try {
      this.#brokenAt = fstatSync(held.fd).size
    } catch {
      this.#brokenAt = -1
    }
  }
}

function headerBytes(header: NewFile['header']): number {
  if (typeof header === 'function') return MADE_HEADER_BYTES
  return header === undefined ? 0 : Buffer.byteLength(header) + 1
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
