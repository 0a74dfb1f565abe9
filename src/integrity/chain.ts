import { randomBytes } from 'node:crypto'
import { fstatSync } from 'node:fs'
import { basename } from 'node:path'
import {
  type ControlName,
  type ControlOptions,
  controlLine,
  type Previous,
} from './control.ts'
import { createDigest, type Digest, keyId } from './digest.ts'
import { type FileEnd, readEnd, readHeader } from './file-ends.ts'
import { NO_HASH, sealLine } from './sealed-line.ts'

const SEAL_EVERY = 1000

/** What protects one file handler's lines. */
export interface ChainOptions {
  readonly filename: string
  /** With a key the hashes cannot be made again by who has the file only. */
  readonly key: string | undefined
}

/** A file that is open for appending. */
export interface OpenedFile {
  readonly fd: number
  /** Another one each time the file is opened. */
  readonly opened: object
}

/** The file that the next line goes to. */
interface Entered {
  readonly file: string
  readonly number: number
  readonly opened: object
}

/**
 * The chain of one writer: each line it adds to the file names the line
 * before. Nothing counts until it is known to be in the file.
 */
export class Chain {
  readonly #options: ChainOptions
  readonly #digest: Digest
  readonly #writer = newId()
  #number = 0
  #head = NO_HASH
  #sinceSeal = 0
  /** The file that the last line went to. */
  #file = ''
  #fileNumber = 0
  #opened: object | undefined
  /** Hashes of the lines that were sealed last, and what they begin with. */
  #hashes: string[] = []
  /** Where the first of them was to stand, at the earliest. */
  #at: number | undefined
  #entering: Entered | undefined
  #hasWitness = false

  constructor(options: ChainOptions) {
    this.#options = options
    this.#digest = createDigest(options.key)
  }

  /** Something was written with it. */
  get hasBegun(): boolean {
    return this.#number > 0
  }

  /**
   * The first line of a new file. Of the files that were written lately it
   * names the last one.
   */
  header(lately: readonly number[]): string {
    const { filename, key } = this.#options
    const { number, previous } = this.#last(lately)
    const id = keyId(key)
    const line = controlLine('$file', {
      file: newId(),
      log: basename(filename),
      number: number + 1,
      integrity: this.#kind,
      ...(id === undefined ? {} : { key: id }),
      previous,
    })
    const seal = {
      writer: newId(),
      number: 0,
      at: undefined,
      previous: previous?.hash ?? NO_HASH,
    }
    return sealLine(line, seal, this.#digest).text
  }

  /**
   * The file was begun by a chain, and as long as nothing was written, by one
   * of this kind and key: another cannot be verified. Later it is left as it
   * is, so that two processes with two keys do not move it to and fro.
   */
  knows(fd: number): boolean {
    const header = readHeader(fd)
    if (header === undefined) return false
    return this.hasBegun || this.#isOfKind(header.Options)
  }

  #isOfKind({ integrity, key }: ControlOptions): boolean {
    return integrity === this.#kind && key === keyId(this.#options.key)
  }

  get #kind(): string {
    return this.#options.key === undefined ? 'chain' : 'hmac'
  }

  /** What has to stand before the next lines. */
  controls(file: OpenedFile, isEnd: boolean): string[] {
    this.#entering = undefined
    this.#at = sizeOf(file.fd)
    const lines: string[] = []
    if (file.opened !== this.#opened) lines.push(this.#enter(file))
    else if (this.#sinceSeal >= SEAL_EVERY) {
      lines.push(this.#witness('$seal', file))
    }
    this.#hasWitness = lines.length > 0
    if (isEnd) lines.push(this.#witness('$end', file))
    return lines
  }

  /** The line that is half in the file comes first: nothing before it. */
  resume(): string[] {
    this.#entering = undefined
    this.#hasWitness = false
    return []
  }

  /** Seals lines as they will stand in the file. */
  seal(lines: readonly string[]): string[] {
    const sealed: string[] = []
    const hashes: string[] = []
    let previous = this.#head
    let number = this.#number
    let at = this.#at
    for (const line of lines) {
      number++
      const seal = { writer: this.#writer, number, at, previous }
      at = undefined
      const { text, hash } = sealLine(line, seal, this.#digest)
      sealed.push(text)
      hashes.push(hash)
      previous = hash
    }
    this.#hashes = hashes
    return sealed
  }

  /** The first so many of the lines that were sealed last are in the file. */
  commit(count: number): void {
    const head = this.#hashes[count - 1]
    if (head === undefined) return
    this.#at = undefined // what is half written now was not the first
    this.#head = head
    this.#number += count
    this.#sinceSeal = this.#hasWitness ? count : this.#sinceSeal + count
    if (this.#entering !== undefined) {
      this.#file = this.#entering.file
      this.#fileNumber = this.#entering.number
      this.#opened = this.#entering.opened
    }
    this.#hashes = []
  }

  #enter({ fd, opened }: OpenedFile): string {
    const { file = '', number = 0 } = readHeader(fd)?.Options ?? {}
    this.#entering = { file, number, opened }
    return controlLine('$enter', {
      file,
      from: this.#file === '' ? null : this.#file,
      ...readEnd(fd),
    })
  }

  #witness(name: ControlName, { fd }: OpenedFile): string {
    const file = this.#entering?.file ?? this.#file
    const options: ControlOptions = { file, ...readEnd(fd) }
    return controlLine(name, options)
  }

  /** The last of these files by its number, and its end. */
  #last(files: readonly number[]): {
    number: number
    previous: Previous | null
  } {
    // one that was cut to nothing is known by what was written to it
    let number = this.#fileNumber
    let fd: number | undefined
    let file = this.#file
    const log = basename(this.#options.filename)
    for (const candidate of files) {
      const options = readHeader(candidate)?.Options
      const own = options?.number ?? 0
      if (options === undefined || own < number) continue
      if (options.log !== log) continue // of a trail whose name begins alike
      if (!this.#isOfKind(options)) continue // of a trail that ended
      fd = candidate
      file = options.file
      number = own
    }
    if (file === '') return { number, previous: null }
    const end = fd === undefined ? UNKNOWN_END : readEnd(fd)
    return { number, previous: { file, ...end } }
  }
}

/** A pipe has no size. */
function sizeOf(fd: number): number | undefined {
  const stats = fstatSync(fd)
  return stats.isFile() ? stats.size : undefined
}

const UNKNOWN_END: FileEnd = { size: 0, hash: null }

function newId(): string {
  return randomBytes(8).toString('hex')
}
