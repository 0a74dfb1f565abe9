import type { ControlOptions } from '../../integrity/control.ts'
import type { Seal } from '../../integrity/sealed-line.ts'
import type { Place } from './fault.ts'
import type { Faults, OpenFault, Tell } from './faults.ts'
import { type Border, type Stretch, whyNotFirst } from './stretch.ts'

/** A line of a writer that is genuine as such, and where it stands. */
export interface Entry {
  readonly seal: Seal
  readonly file: string
  readonly enter: ControlOptions | undefined
  readonly place: Place
  /** Offset after the line. */
  readonly end: number
}

/** Numbers that a writer skipped; they may come later. */
interface Gap {
  readonly writer: string
  readonly from: number
  readonly to: number
  readonly fault: OpenFault
}

/** A line that is there already, or belongs before its writer's first one. */
interface Stray {
  readonly writer: string
  readonly number: number
  readonly fault: OpenFault
}

/**
 * The chains of all writers: an entry for each stay of a writer in a file, so
 * that the order in which files are looked at does not matter.
 */
export class Writers {
  readonly #stretches = new Map<string, Stretch[]>()
  readonly #gaps: Gap[] = []
  readonly #strays: Stray[] = []
  readonly #border: Border

  constructor(border: Border) {
    this.#border = border
  }

  /** Takes the next line of a writer. */
  take(entry: Entry, tell: Tell): void {
    const { seal, enter } = entry
    const current = this.current(seal.writer, entry.file)
    if (current === undefined || enter !== undefined) {
      this.#begin(entry, current, tell)
    } else if (this.#follows(current, seal, tell)) {
      current.last = seal
      current.end = entry.end
      current.place = entry.place
    }
  }

  /** Where a writer is at in this file. */
  current(writer: string, file: string): Stretch | undefined {
    const stretches = this.#stretches.get(writer)
    return stretches?.findLast(stretch => stretch.file === file)
  }

  end(writer: string, file: string): void {
    const current = this.current(writer, file)
    if (current !== undefined) current.hasEnded = true
  }

  get count(): number {
    return this.#stretches.size
  }

  /** The number of the latest line of each. */
  get heads(): Map<string, number> {
    const heads = new Map<string, number>()
    for (const [writer, stretches] of this.#stretches) {
      const numbers = stretches.map(({ last }) => last.number)
      heads.set(writer, Math.max(...numbers))
    }
    return heads
  }

  /** Writers that did not say that they end. */
  get open(): { writer: string; number: number; place: Place }[] {
    return [...this.#stretches].flatMap(([writer, stretches]) => {
      if (stretches.some(({ hasEnded }) => hasEnded)) return []
      const last = stretches.reduce((a, b) =>
        a.last.number > b.last.number ? a : b,
      )
      return [{ writer, number: last.last.number, place: last.place }]
    })
  }

  /** Puts the stretches of each writer together when all files were read. */
  join(faults: Faults): void {
    for (const stretches of this.#stretches.values()) {
      stretches.sort((a, b) => a.first.number - b.first.number)
      let before: Stretch | undefined
      for (const stretch of stretches) {
        const tell: Tell = (kind, text) =>
          faults.tell(stretch.start, kind, text, { seal: stretch.first })
        if (before === undefined) this.#checkFirst(stretch, tell)
        else this.#checkJoint(before, stretch, tell)
        const isFurther = stretch.last.number > (before?.last.number ?? 0)
        if (isFurther) before = stretch
      }
    }
  }

  #begin(entry: Entry, current: Stretch | undefined, tell: Tell): void {
    const { seal, file, enter, end, place } = entry
    const misfit = tellMisfit(entry, tell)
    if (current !== undefined && seal.number <= current.last.number) {
      this.#old(seal, tell)
      return
    }
    const stretch: Stretch = {
      ...{ file, from: enter?.from, first: seal, start: place, misfit },
      ...{ last: seal, end, place, hasEnded: false },
    }
    const stretches = this.#stretches.get(seal.writer)
    if (stretches === undefined) this.#stretches.set(seal.writer, [stretch])
    else stretches.push(stretch)
  }

  /** False when the line is not the writer's next one at all. */
  #follows({ last, hasEnded }: Stretch, seal: Seal, tell: Tell): boolean {
    const expected = last.number + 1
    if (seal.number < expected) {
      this.#old(seal, tell)
      return false
    }
    if (hasEnded) tell('inserted', 'this writer had ended before')
    if (seal.number > expected) this.#skipped(seal, expected, tell)
    else if (seal.previous !== last.hash) {
      tell('edited', 'the line before it of this writer was another one')
    }
    return true
  }

  #skipped({ writer, number }: Seal, from: number, tell: Tell): OpenFault {
    const to = number - 1
    const text = `lines ${from} to ${to} of this writer are missing before it`
    const fault = tell('removed', text)
    this.#gaps.push({ writer, from, to, fault })
    return fault
  }

  /** Lines before this stretch are missing, or were moved further down. */
  #settle({ first, misfit }: Stretch, from: number, fault: OpenFault): void {
    const moved = this.#strays.filter(
      ({ writer, number }) =>
        writer === first.writer && number >= from && number < first.number,
    )
    const kind = moved.length > 0 ? 'reordered' : 'removed'
    fault.kind = kind
    if (misfit !== undefined) misfit.kind = kind
    for (const stray of moved) stray.fault.kind = kind
  }

  /** A line that should have come before: moved, or a copy. */
  #old(seal: Seal, tell: Tell): void {
    const gap = this.#gaps.find(
      ({ writer, from, to }) =>
        writer === seal.writer && seal.number >= from && seal.number <= to,
    )
    const text = 'this line of the writer belongs further up'
    if (gap === undefined) {
      const fault = tell('inserted', text)
      this.#strays.push({ writer: seal.writer, number: seal.number, fault })
    } else {
      gap.fault.kind = 'reordered'
      tell('reordered', text)
    }
  }

  #checkFirst(stretch: Stretch, tell: Tell): void {
    const why = whyNotFirst(stretch, this.#border)
    if (why === undefined) return
    this.#settle(stretch, 1, tell('removed', why))
  }

  #checkJoint(before: Stretch, stretch: Stretch, tell: Tell): void {
    const { first, from } = stretch
    const expected = before.last.number + 1
    if (first.number < expected) this.#old(first, tell)
    else if (first.number > expected) {
      this.#settle(stretch, expected, this.#skipped(first, expected, tell))
    } else if (first.previous !== before.last.hash) {
      tell('edited', 'the line before it of this writer was another one')
    } else if (before.hasEnded) {
      tell('inserted', 'this writer had ended before')
    } else if (from !== undefined && from !== before.file) {
      tell('removed', 'the file that this writer comes from is missing')
    }
  }
}

function tellMisfit({ enter, file }: Entry, tell: Tell): OpenFault | undefined {
  if (enter === undefined) {
    return tell('reordered', 'this writer never began to write to this file')
  }
  if (enter.file === file) return undefined
  return tell('reordered', 'this line was written to another file')
}
