import { constants } from 'node:fs'
import { type FileHandle, open, rename, stat, unlink } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Clock } from '../clock.ts'
import { warnOnce } from '../warn.ts'
import { hasCode } from './error-code.ts'
import { listRotated, rotatedSince } from './rotated-files.ts'

const compress = promisify(gzip)

/** A writer that was stopped in the middle may still have the file open. */
const GRACE_MS = 10_000
const ABANDONED_MS = 600_000
const CHUNK_BYTES = 1024 * 1024

/**
 * Compresses rotated files in the background. Piece by piece, each a gzip
 * member of its own, so that between two of them the process may end; what is
 * not finished then, the next process does again.
 */
export class Compression {
  readonly #filename: string
  readonly #clock: Clock
  readonly #graceMs: number
  #timer: NodeJS.Timeout | undefined
  #isRunning = false
  #isClosed = false

  constructor(filename: string, clock: Clock, graceMs = GRACE_MS) {
    this.#filename = filename
    this.#clock = clock
    this.#graceMs = graceMs
  }

  /** Looks for files when the newest of them is old enough. */
  schedule(): void {
    if (this.#isClosed || this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.run().catch(error => warnOnce('MONGOWATCH_COMPRESSION', error))
    }, this.#graceMs + 1).unref()
  }

  /** Compresses every rotated file that is old enough. */
  async run(): Promise<void> {
    if (this.#isRunning) return
    this.#isRunning = true
    try {
      const now = this.#clock.wall()
      for (const file of listRotated(this.#filename)) {
        if (file.isCompressed || this.#isClosed) continue
        const isOldEnough = rotatedSince(file, now) <= now - this.#graceMs
        if (isOldEnough) await this.#compress(file.path)
        else this.schedule()
      }
    } finally {
      this.#isRunning = false
    }
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
  }

  async #compress(path: string): Promise<void> {
    const draft = `${path}.gz.tmp`
    const target = await claim(draft)
    if (target === undefined) return
    try {
      const isWhole = await this.#copy(path, target)
      await target.close()
      if (!isWhole) {
        await unlink(draft)
        return this.schedule()
      }
      await rename(draft, `${path}.gz`)
      await unlink(path)
    } catch (error) {
      await target.close().catch(() => {}) // closed, or broken as well
      await unlink(draft).catch(() => {}) // as far as there is one
      if (!hasCode(error, 'ENOENT')) throw error // removed meanwhile
    }
  }

  /** False when the file grew, or there was no time to finish. */
  async #copy(path: string, target: FileHandle): Promise<boolean> {
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)
    const source = await open(path, flags)
    try {
      const { mode, size } = await source.stat()
      await target.chmod(mode & 0o777)
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
      for (let done = 0; done < size; ) {
        const { bytesRead } = await source.read(chunk, 0, CHUNK_BYTES, done)
        if (bytesRead === 0 || this.#isClosed) return false
        done += bytesRead
        await target.appendFile(await compress(chunk.subarray(0, bytesRead)))
        await pause()
      }
      await target.sync()
      return (await source.stat()).size === size
    } finally {
      await source.close()
    }
  }
}

/** A new file of this name; `undefined` when somebody else is at it. */
async function claim(draft: string): Promise<FileHandle | undefined> {
  try {
    return await open(draft, 'wx', 0o600)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  }
  const { mtimeMs } = await stat(draft)
  if (Date.now() - mtimeMs > ABANDONED_MS) await unlink(draft)
  return undefined // and the next round has it
}

/** The process may end here. */
function pause(): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, 1).unref()
  })
}
