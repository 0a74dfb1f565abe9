import type { ControlOptions } from '../../integrity/control.ts'
import { NO_HASH, type Seal } from '../../integrity/sealed-line.ts'
import type { Fault, FaultKind, Place } from './fault.ts'

/** What is known of one writer so far. */
interface Writer {
  number: number
  hash: string
  file: string
  hasEnded: boolean
  /** Place of its last line. */
  place: Place
}

/** Numbers that a writer skipped; they may come later. */
interface Gap {
  readonly writer: string
  readonly from: number
  readonly to: number
  readonly fault: Fault & { kind: FaultKind }
}

/** Tells a fault; returned so that its kind can be settled later. */
type Tell = (kind: FaultKind, text: string) => Fault & { kind: FaultKind }

/** The chains of all writers: one short entry for each. */
export class Writers {
  readonly #writers = new Map<string, Writer>()
  readonly #gaps: Gap[] = []
  readonly #isGiven: (file: string) => boolean
  readonly #mayBeginBefore: boolean

  /** `mayBeginBefore`: older files are gone, and chains may begin in them. */
  constructor(isGiven: (file: string) => boolean, mayBeginBefore: boolean) {
    this.#isGiven = isGiven
    this.#mayBeginBefore = mayBeginBefore
  }

  /** Takes the next line of a writer, which is genuine as such. */
  take(
    seal: Seal,
    file: string,
    enter: ControlOptions | undefined,
    place: Place,
    tell: Tell,
  ): void {
    const writer = this.#writers.get(seal.writer)
    if (writer === undefined) this.#begin(seal, enter, tell)
    else if (!this.#follows(writer, seal, tell)) return
    if (file !== writer?.file || enter !== undefined) {
      this.#checkEntry(writer, file, enter, tell)
    }
    this.#writers.set(seal.writer, {
      number: seal.number,
      hash: seal.hash,
      file,
      hasEnded: false,
      place,
    })
  }

  end(id: string): void {
    const writer = this.#writers.get(id)
    if (writer !== undefined) writer.hasEnded = true
  }

  get count(): number {
    return this.#writers.size
  }

  /** Writers that did not say that they end. */
  get open(): { writer: string; number: number; place: Place }[] {
    return [...this.#writers]
      .filter(([, { hasEnded }]) => !hasEnded)
      .map(([writer, { number, place }]) => ({ writer, number, place }))
  }

  #begin(seal: Seal, enter: ControlOptions | undefined, tell: Tell): void {
    const isFirst = seal.number === 1 && seal.previous === NO_HASH
    if (isFirst && enter?.from === null) return
    const from = enter?.from
    const isBefore = typeof from === 'string' && !this.#isGiven(from)
    if (isBefore && this.#mayBeginBefore) return
    tell('removed', 'the lines of this writer before it are missing')
  }

  /** False when the line is not the writer's next one at all. */
  #follows(writer: Writer, seal: Seal, tell: Tell): boolean {
    const expected = writer.number + 1
    if (seal.number < expected) {
      this.#old(seal, tell)
      return false
    }
    if (writer.hasEnded) tell('inserted', 'this writer had ended before')
    if (seal.number > expected) {
      const text = `lines ${expected} to ${seal.number - 1} of this writer are missing before it`
      const fault = tell('removed', text)
      const to = seal.number - 1
      this.#gaps.push({ writer: seal.writer, from: expected, to, fault })
    } else if (seal.previous !== writer.hash) {
      tell('edited', 'the line before it of this writer was another one')
    }
    return true
  }

  /** A line that should have come before: moved, or a copy. */
  #old(seal: Seal, tell: Tell): void {
    const gap = this.#gaps.find(
      ({ writer, from, to }) =>
        writer === seal.writer && seal.number >= from && seal.number <= to,
    )
    const text = 'this line of the writer belongs further up'
    if (gap === undefined) tell('inserted', `${text}: it is there already`)
    else {
      gap.fault.kind = 'reordered'
      tell('reordered', text)
    }
  }

  #checkEntry(
    writer: Writer | undefined,
    file: string,
    enter: ControlOptions | undefined,
    tell: Tell,
  ): void {
    if (enter === undefined) {
      tell('reordered', 'this writer never began to write to this file')
    } else if (enter.file !== file) {
      tell('reordered', 'this line was written to another file')
    } else if (writer !== undefined && enter.from !== writer.file) {
      tell('removed', 'the file that this writer comes from is missing')
    }
  }
}
