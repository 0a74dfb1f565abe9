import { NO_HASH, type Seal } from '../../integrity/sealed-line.ts'
import type { Place } from './fault.ts'
import type { OpenFault } from './faults.ts'

/** Lines that a writer added to a file, without leaving it in between. */
export interface Stretch {
  readonly file: string
  /** The file it came from; `undefined` when it does not say. */
  readonly from: string | null | undefined
  readonly first: Seal
  readonly start: Place
  /** Told because it does not begin as it should. */
  readonly misfit: OpenFault | undefined
  last: Seal
  /** Offset after the last line. */
  end: number
  place: Place
  hasEnded: boolean
}

/** What a stretch may follow that stands in no file that was given. */
export interface Border {
  /** Files that were given. */
  readonly isGiven: (file: string) => boolean
  /** Older files are gone, and chains may begin in them. */
  readonly mayBeginBefore: boolean
}

/** Why a writer cannot begin with this stretch. */
export function whyNotFirst(
  { first, from }: Stretch,
  { isGiven, mayBeginBefore }: Border,
): string | undefined {
  const isFirst = first.number === 1 && first.previous === NO_HASH
  if (isFirst && from === null) return undefined
  const isBefore = typeof from === 'string' && !isGiven(from)
  if (isBefore && mayBeginBefore) return undefined
  return 'the lines of this writer before it are missing'
}
