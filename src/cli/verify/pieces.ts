import type { Seal } from '../../integrity/sealed-line.ts'
import type { Place } from './fault.ts'

/** More than that is no accident. */
const MOST = 1000
/** A file that is entered, a loss that is told, and the line itself. */
const MOST_NEXT = 3

/** The number of the latest line of each writer. */
type Heads = ReadonlyMap<string, number>

interface Piece extends Place {
  readonly text: Buffer
  readonly heads: Heads
}

/**
 * Beginnings of lines: a killed writer leaves one, and so does a full disk,
 * where the whole line follows when there is room.
 */
export class Pieces {
  readonly #open: Piece[] = []
  #rewritten = 0

  add(text: Buffer, place: Place, heads: Heads): void {
    if (this.#open.length < MOST) {
      this.#open.push({ ...place, text: Buffer.from(text), heads })
    }
  }

  /**
   * A whole line came: it may be what a piece was the beginning of, if it is
   * what its writer wrote next.
   */
  look(line: Buffer, { writer, number }: Seal): void {
    for (let i = this.#open.length - 1; i >= 0; i--) {
      const piece = this.#open[i]
      if (piece === undefined || !isBeginning(piece.text, line)) continue
      const last = piece.heads.get(writer) ?? number - 1
      if (number - last > MOST_NEXT) continue
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
  if (CONTROL.test(piece.toString('latin1', 0, CONTROL_BYTES))) {
    return isControlAgain(piece.toString('latin1'), line)
  }
  const same = comparable(piece)
  return same.length < line.length && same.compare(line, 0, same.length) === 0
}

/** Its time is another one then, and what it says of the file. */
function isControlAgain(piece: string, line: Buffer): boolean {
  const [begin = '', rest = ''] = piece.split(OPTIONS)
  const text = steady(line.toString('latin1', 0, begin.length))
  return steady(begin) === text && CONTROL_OPTIONS.test(rest)
}

function steady(text: string): string {
  return text.replace(TIME, time => time.replace(/\d/g, '0'))
}

/** What is written again as it was: not the place. */
function comparable(piece: Buffer): Buffer {
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
const TIME = /(?<="StartTime":")[^"]*/
const OPTIONS = /(?<="Options":\{)/
const CONTROL_OPTIONS = /^[\w":,{}.@]{0,640}$/
const CONTROL = /^\{"Operation":"\$(?:enter|seal|end)"/
const CONTROL_BYTES = 32
