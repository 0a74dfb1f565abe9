import {
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { makeDirectory } from '../file-path.ts'
import { processSpace } from '../process-space.ts'

/** An owner that did not touch its mark for so long is gone. */
const ABSENT_MS = 20_000
const TOUCH_MS = 5_000
const MARK = { mode: 0o640 }
const BATCH = /^(.+)\.(\d+-\d+)\.([\da-z-]+)\.batch$/

/**
 * A folder that several processes may share: each file in it is a batch and
 * has an owner, which is one thread of one process. The files of an owner that
 * is gone are anybody's; a rename decides whose.
 */
export class SpoolDirectory {
  readonly #directory: string
  readonly #handler: string
  readonly #id: string
  readonly #touching: NodeJS.Timeout
  #made = 0

  /** Makes the folder when it is not there; throws when it cannot be used. */
  constructor(directory: string, handler: string) {
    this.#directory = directory
    this.#handler = encodeURIComponent(handler)
    const random = Math.random().toString(36).slice(2, 10)
    this.#id = `${process.pid}-${random}`
    const mark = this.#mark(this.#id)
    try {
      makeDirectory(mark)
      writeFileSync(mark, processSpace(), MARK)
    } catch (error) {
      throw new Error(`spool.directory cannot be used: ${messageOf(error)}`)
    }
    this.#touching = setInterval(() => this.#touch(), TOUCH_MS)
  }

  /** The path of a new batch; names in their order are batches in theirs. */
  newPath(): string {
    const number = String(++this.#made).padStart(9, '0')
    return this.#path(`${Date.now()}-${number}`, this.#id)
  }

  /** Bytes that all batches of this handler have together. */
  bytes(): number {
    return this.#batches().reduce((sum, { path }) => sum + sizeOf(path), 0)
  }

  /** Makes the batches of owners that are gone ours, oldest first. */
  adopt(): string[] {
    const isGone = new Map<string, boolean>([[this.#id, false]])
    const adopted: string[] = []
    for (const { path, place, owner } of this.#batches()) {
      if (!isGone.has(owner)) isGone.set(owner, this.#isGone(owner))
      if (isGone.get(owner) !== true) continue
      const own = this.#path(place, this.#id)
      if (attempt(() => renameSync(path, own))) adopted.push(own)
    }
    for (const [owner, gone] of isGone) {
      if (gone) rmSync(this.#mark(owner), { force: true })
    }
    return adopted
  }

  /** What is left is anybody's. */
  close(): void {
    clearInterval(this.#touching)
    attempt(() => rmSync(this.#mark(this.#id), { force: true }))
  }

  #batches(): { path: string; place: string; owner: string }[] {
    const names = readdirSync(this.#directory).sort()
    return names.flatMap(name => {
      const [, handler, place = '', owner = ''] = BATCH.exec(name) ?? []
      if (handler !== this.#handler) return []
      return [{ path: join(this.#directory, name), place, owner }]
    })
  }

  #isGone(owner: string): boolean {
    try {
      const mark = this.#mark(owner)
      if (Date.now() - statSync(mark).mtimeMs > ABSENT_MS) return true
      if (readFileSync(mark, 'utf8') !== processSpace()) return false
      return !isRunning(Number.parseInt(owner, 10))
    } catch {
      return true // there is no mark any more
    }
  }

  #touch(): void {
    const now = new Date()
    const mark = this.#mark(this.#id)
    if (attempt(() => utimesSync(mark, now, now))) return
    attempt(() => writeFileSync(mark, processSpace(), MARK))
  }

  #mark(owner: string): string {
    return join(this.#directory, `${this.#handler}.${owner}.owner`)
  }

  #path(place: string, owner: string): string {
    const name = `${this.#handler}.${place}.${owner}.batch`
    return join(this.#directory, name)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !(
      error instanceof Error &&
      'code' in error &&
      error.code === 'ESRCH'
    )
  }
}

/** False when another process was quicker, or the folder fails us. */
function attempt(task: () => void): boolean {
  try {
    task()
    return true
  } catch {
    return false
  }
}
