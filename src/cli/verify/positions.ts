import type { FaultKind } from './fault.ts'
import type { Faults, OpenFault, Tell } from './faults.ts'

/** What a line says of its place, and what its place is. */
export interface Position {
  /** Bytes that the file had when the line was about to be written. */
  readonly at: number
  readonly start: number
  /** Where the line before it of the same writer ends. */
  readonly lastEnd: number
}

/** What differs, and what is wrong if it differs up to the end. */
interface Difference {
  readonly kind: FaultKind
  readonly isThere: (position: Position) => boolean
  readonly text: (position: Position) => string
}

const EARLY: Difference = {
  kind: 'removed',
  isThere: ({ at, start }) => start < at,
  text: ({ at, start }) =>
    `the file had ${at} bytes before this line, which begins at byte ${start} now`,
}

const LATE: Difference = {
  kind: 'inserted',
  isThere: ({ at, lastEnd }) => lastEnd > at,
  text: ({ at, lastEnd }) =>
    `this writer saw ${at} bytes in the file after its line before, which ends at byte ${lastEnd} now`,
}

/**
 * Whether lines stand where their writers saw them, among those of others.
 * Each difference is told once per file; the others follow from the first.
 */
export class Positions {
  readonly #told = new Map<Difference, OpenFault>()
  readonly #contradictions: OpenFault[] = []
  #last = new Set<Difference>()

  look(position: Position, tell: Tell): void {
    this.#last = new Set([EARLY, LATE].filter(each => each.isThere(position)))
    for (const difference of this.#last) {
      if (this.#told.has(difference)) continue
      this.#told.set(difference, tell('reordered', difference.text(position)))
    }
  }

  /** A line that saw another end of the file. */
  contradicts(fault: OpenFault): void {
    this.#contradictions.push(fault)
  }

  /** Lines that were only exchanged are in their places again at the end. */
  settle(faults: Faults): void {
    const own = new Set([...this.#told.values(), ...this.#contradictions])
    const isMoved = faults.has('reordered', own)
    const isSo = (difference: Difference) =>
      faults.has(difference.kind, own) ||
      (this.#last.has(difference) && !isMoved)
    for (const [difference, fault] of this.#told) {
      if (isSo(difference)) fault.kind = difference.kind
    }
    if (!isSo(EARLY)) return
    for (const fault of this.#contradictions) fault.kind = EARLY.kind
  }
}
