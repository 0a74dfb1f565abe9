import type { Place } from './fault.ts'

/** More than that is no accident. */
const MOST = 1000

interface Piece extends Place {
  readonly text: Buffer
}

/**
 * Beginnings of lines: a killed writer leaves one, and so does a full disk,
 * where the whole line follows when there is room.
 */
export class Pieces {
  readonly #open: Piece[] = []
  #rewritten = 0

  add(text: Buffer, place: Place): void {
    if (this.#open.length < MOST) {
      this.#open.push({ ...place, text: Buffer.from(text) })
    }
  }

  /** A whole line came: it may be what a piece was the beginning of. */
  look(line: Buffer): void {
    for (let i = this.#open.length - 1; i >= 0; i--) {
      const text = this.#open[i]?.text
      if (text === undefined || !isBeginning(text, line)) continue
      this.#open.splice(i, 1)
      this.#rewritten++
    }
  }

  /** Pieces whose whole line never came. */
  get left(): readonly Place[] {
    return this.#open
  }

  get rewritten(): number {
    return this.#rewritten
  }
}

function isBeginning(piece: Buffer, line: Buffer): boolean {
  const same = comparable(piece)
  return same.length < line.length && same.compare(line, 0, same.length) === 0
}

/** What is written again as it was: not the place, nor the time of a control. */
function comparable(piece: Buffer): Buffer {
  const control = CONTROL.exec(piece.toString('latin1', 0, CONTROL_BYTES))
  if (control !== null) return piece.subarray(0, control[0].length)
  const chain = piece.lastIndexOf(CHAIN)
  if (chain === -1) return piece
  const [number] =
    NUMBER.exec(piece.toString('latin1', chain + CHAIN.length)) ?? []
  const isWhole = number !== undefined
  return isWhole
    ? piece.subarray(0, chain + CHAIN.length + number.length)
    : piece
}

/** Writer and number, before the place that only a first line has. */
const NUMBER = /^[^@"]*(?=[@"])/

const CHAIN = ',"Chain":"'
const CONTROL = /^\{"Operation":"\$(?:enter|seal|end)"/
const CONTROL_BYTES = 32
