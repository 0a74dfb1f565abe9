import { type Control, parseControl } from '../../integrity/control.ts'
import type { Digest } from '../../integrity/digest.ts'
import type { FileEnd } from '../../integrity/file-ends.ts'
import {
  genuineFrom,
  isGenuine,
  isTorn,
  NO_HASH,
  readSeal,
  type Seal,
} from '../../integrity/sealed-line.ts'
import type { FaultKind, Place } from './fault.ts'
import type { Faults, OpenFault } from './faults.ts'
import { Offsets } from './offsets.ts'
import type { Pieces } from './pieces.ts'
import { Positions } from './positions.ts'
import { DamagedError, type Line } from './read-lines.ts'
import type { TrailFile } from './trail-file.ts'
import type { Writers } from './writers.ts'

/**
 * Several writers at once may each close the line of a killed one with a line
 * end; a sealed line that was emptied leaves twice as many and more.
 */
const MOST_EMPTY = 90
const SEQ = /"Seq":(\d{1,15})[,}]/

/** What all files of a trail have in common. */
export interface Check {
  readonly digest: Digest
  /** What headers say of the key that was given. */
  readonly keyId: string | undefined
  readonly writers: Writers
  readonly pieces: Pieces
  readonly faults: Faults
  /** Whether this is the number of a file of the trail. */
  readonly isGiven: (file: string) => boolean
  lines: number
}

/** Looks at every line of one file. */
export async function checkFile(file: TrailFile, check: Check): Promise<void> {
  const reader = new FileCheck(file, check)
  try {
    for await (const line of file.lines()) reader.take(line)
  } catch (error) {
    if (!(error instanceof DamagedError)) throw error
    reader.tell('truncated', error.message)
  }
  reader.finish()
}

class FileCheck {
  readonly #file: TrailFile
  readonly #check: Check
  readonly #offsets = new Offsets()
  readonly #positions = new Positions()
  /** What later headers say of the end, next one last. */
  readonly #ends: TrailFile['ends']
  #place: Place
  #end = 0
  /** Empty lines up to here, one after the other. */
  #empty = 0

  constructor(file: TrailFile, check: Check) {
    this.#file = file
    this.#check = check
    this.#ends = [...file.ends].sort((a, b) => b.size - a.size)
    this.#place = { file: file.path, line: 0 }
  }

  take(line: Line): void {
    const { file, line: number } = this.#place
    this.#place = { file, line: number + 1 }
    this.#check.lines++
    this.#end = line.end
    if (line.text.length > 0) this.#empty = 0
    const seal = readSeal(line.text)
    if (seal === undefined) this.#unsealed(line)
    else this.#sealed(line, seal)
    this.#offsets.add(line.end, seal?.hash ?? null)
    this.#checkEnds()
  }

  tell(kind: FaultKind, text: string, seal?: Seal, line?: Buffer): OpenFault {
    const found = SEQ.exec(line?.toString('latin1') ?? '')?.[1]
    const seq = found === undefined ? undefined : Number(found)
    return this.#check.faults.tell(this.#place, kind, text, { seal, seq })
  }

  /** The file ends here: nothing that others saw may be missing. */
  finish(): void {
    this.#positions.settle(this.#check.faults)
    const next = this.#ends[0]
    if (next === undefined) return
    this.tell(
      'truncated',
      `the file had at least ${next.size} bytes when the next one was begun, and has ${this.#end}`,
    )
  }

  #unsealed({ text, hasEnd }: Line): void {
    const { pieces, lines } = this.#check
    if (this.#place.line === 1) {
      this.tell(
        'removed',
        lines === 1 || text.length > 0
          ? 'the header is missing, or the file was begun without integrity'
          : 'the header is missing',
      )
    } else if (text.length === 0) {
      if (++this.#empty === MOST_EMPTY) {
        this.tell('removed', `${MOST_EMPTY} lines are empty`)
      }
    } else if (isTorn(text)) {
      pieces.add(text, this.#place, this.#check.writers.heads)
    } else if (hasEnd) this.tell('edited', 'the line has no seal')
    else this.tell('edited', 'the last line is damaged')
  }

  #sealed(line: Line, seal: Seal): void {
    const { text, hasEnd } = line
    const { digest, pieces } = this.#check
    pieces.look(text, seal)
    if (!isGenuine(text, seal, digest)) {
      if (this.#behindPiece(line, seal)) return
      this.tell('edited', this.#whyEdited, seal, text)
    } else if (!hasEnd) {
      this.tell('truncated', 'the line end is missing', seal, text)
    }
    const control = parseControl(text)
    if (seal.number === 0 || control?.Operation === '$file') {
      this.#header(seal, control)
      return
    }
    if (this.#place.line === 1) {
      this.tell('removed', 'the header before it is missing', seal)
    }
    this.#chained(line, seal, control)
  }

  get #whyEdited(): string {
    const why = 'the line is not what its hash says'
    const { header } = this.#file
    if (header === undefined) return why
    if (header.Options.key === this.#check.keyId) return why
    return `${why}; the header names another key: verify the files of each key by themselves`
  }

  /**
   * A writer that did not see the piece of a killed one has put its line
   * behind it.
   */
  #behindPiece({ text, end, hasEnd }: Line, seal: Seal): boolean {
    const { digest, pieces, writers } = this.#check
    const from = genuineFrom(text, seal, digest)
    const piece = text.subarray(0, from)
    if (from <= 0 || !isTorn(piece)) return false
    pieces.add(piece, this.#place, writers.heads)
    this.#sealed({ text: text.subarray(from), end, hasEnd }, seal)
    return true
  }

  #header(seal: Seal, control: Control | undefined): void {
    const { previous, file } = control?.Options ?? {}
    const isFirst = this.#place.line === 1
    if (control?.Operation !== '$file') {
      this.tell('edited', 'the header is damaged', seal)
    } else if (!isFirst && file === this.#id) {
      this.tell('inserted', 'the header is there twice', seal)
    } else if (!isFirst && this.#check.isGiven(file ?? '')) {
      this.tell('inserted', 'this is the header of another file', seal)
    } else if (seal.previous !== (previous?.hash ?? NO_HASH)) {
      this.tell('edited', 'the header contradicts itself', seal)
    }
  }

  #chained(
    { text, end, hasEnd }: Line,
    seal: Seal,
    control: Control | undefined,
  ): void {
    const { writers } = this.#check
    const enter = control?.Operation === '$enter' ? control.Options : undefined
    const tell = (kind: FaultKind, why: string) =>
      this.tell(kind, why, seal, text)
    const lastEnd = writers.current(seal.writer, this.#id)?.end ?? 0
    writers.take({ seal, file: this.#id, enter, place: this.#place, end }, tell)
    if (seal.at !== undefined) {
      const start = end - text.length - Number(hasEnd)
      this.#positions.look({ at: seal.at, start, lastEnd }, tell)
    }
    if (control === undefined) return
    const { size = 0, hash = null } = control.Options
    this.#contradict({ size, hash }, seal)
    if (control.Operation === '$end') writers.end(seal.writer, this.#id)
  }

  #contradict(end: FileEnd, seal?: Seal): void {
    const found = this.#offsets.contradiction(end)
    if (found === undefined) return
    this.#positions.contradicts(this.tell('reordered', found, seal))
  }

  get #id(): string {
    return this.#file.header?.Options.file ?? ''
  }

  #checkEnds(): void {
    for (;;) {
      const next = this.#ends.at(-1)
      if (next === undefined || next.size > this.#end) return
      this.#ends.pop()
      if (next.size > 0) this.#contradict(next)
    }
  }
}
