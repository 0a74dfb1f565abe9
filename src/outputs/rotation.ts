import { renameSync, type Stats, statSync } from 'node:fs'
import { type Clock, systemClock } from '../clock.ts'
import { warnOnce } from '../warn.ts'
import type { Compression } from './compression.ts'
import { removeStaleDrafts } from './drafts.ts'
import { hasCode } from './error-code.ts'
import { tryLock } from './file-lock.ts'
import {
  listRotated,
  type Retention,
  removeOld,
  rotatedPath,
} from './rotated-files.ts'

const RETRY_MS = 1_000
const URGENT = 1.05

const loadCompression = (): typeof import('./compression.ts') =>
  // biome-ignore lint/correctness/useImportExtensions: one name for the source and for dist
  require('./compression')

/** When a new file is begun, and what happens to the old ones. */
export interface RotationOptions extends Retention {
  /** Bytes the file, whoever writes it, should not exceed. */
  readonly maxBytes: number | undefined
  /** Seconds; a period begins at its multiples since 1970, UTC. */
  readonly every: number | undefined
  readonly compress: boolean
}

/** Rotates a file that several processes and threads write. */
export class Rotation {
  readonly #filename: string
  readonly #options: RotationOptions
  readonly #compression: Compression | undefined
  readonly #clock: Clock
  #retryAt = Number.NEGATIVE_INFINITY

  constructor(
    filename: string,
    options: RotationOptions,
    clock: Clock = systemClock,
  ) {
    this.#filename = filename
    this.#options = options
    this.#clock = clock
    if (options.compress) {
      const { Compression } = loadCompression()
      this.#compression = new Compression(filename, clock)
    }
  }

  /** True when so many bytes more belong into a new file. */
  isDue(file: Stats, size: number, bytes: number, empty: number): boolean {
    if (!file.isFile() || size <= empty) return false
    const { maxBytes, every } = this.#options
    if (maxBytes !== undefined && size + bytes > maxBytes) return true
    if (every === undefined) return false
    const period = (time: number) => Math.floor(time / (every * 1000))
    return period(file.mtimeMs) < period(this.#clock.wall())
  }

  /**
   * Moves the file away if it is still the one that is held and still due.
   * When somebody else is at it, or it fails, the file is written as it is: a
   * rotation never costs a record.
   */
  rotate(held: Stats, isDue: (file: Stats) => boolean): void {
    const now = this.#clock.monotonic()
    if (now < this.#retryAt) return
    try {
      if (this.#moveAlone(held, isDue)) this.tidy() // others need not wait
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return // somebody else was quicker
      this.#retryAt = now + RETRY_MS
      warnOnce('MONGOWATCH_ROTATION', error)
    }
  }

  /**
   * Who has the lock was stopped, and the others go on writing: with more than
   * two busy writers per core that happens at every tenth rotation. The lock
   * only spares the next file from being moved away when it has hardly begun.
   */
  #isUrgent({ size }: Stats): boolean {
    const { maxBytes } = this.#options
    return maxBytes !== undefined && size > URGENT * maxBytes
  }

  /** What an earlier process left: too many files, or not compressed. */
  tidy(): void {
    try {
      const now = this.#clock.wall()
      removeOld(this.#filename, this.#options, now)
      removeStaleDrafts(this.#filename, now)
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) warnOnce('MONGOWATCH_ROTATION', error)
    }
    this.#compression?.schedule()
  }

  close(): void {
    this.#compression?.close()
  }

  /** True when this writer has moved the file. */
  #moveAlone(held: Stats, isDue: (file: Stats) => boolean): boolean {
    const unlock = tryLock(`${this.#filename}.lock`)
    if (unlock === undefined && !this.#isUrgent(held)) return false
    try {
      return this.#move(held, isDue)
    } finally {
      unlock?.()
    }
  }

  #move(held: Stats, isDue: (file: Stats) => boolean): boolean {
    const file = statSync(this.#filename, { throwIfNoEntry: false })
    const isSame = file?.ino === held.ino && file.dev === held.dev
    if (!isSame || !isDue(file)) return false
    const target = rotatedPath(this.#filename, this.#time())
    renameSync(this.#filename, target)
    // somebody was quicker: this is the next one, whose name must come later
    if (statSync(target).ino !== held.ino) {
      renameSync(target, rotatedPath(this.#filename, this.#time()))
    }
    return true
  }

  /** After the newest there is, also when the clock was put back. */
  #time(): number {
    const [newest] = listRotated(this.#filename)
    return Math.max(this.#clock.wall(), (newest?.at ?? 0) + 1)
  }
}
