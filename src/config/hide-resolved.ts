import type { ConfigProblem } from './problem.ts'

/** What references stand for, and how each was written. */
export type ResolvedValues = Map<string, string>

/** Takes what references stand for out of a text. */
export type Hide = (text: string) => string

/** Shorter values are only found where they are quoted. */
const SHORTEST = 4
/** Pieces of a value that are too long to be there by chance. */
const PIECE = 8
/** Of each value: what is said of one is cut anyway. */
const LOOKED_AT = 4096

/**
 * What stands in a message for `${env:…}` or `${file:…}` may be a secret in
 * the wrong place: what was written is shown instead.
 */
export function createHide(values: ResolvedValues): Hide {
  const hides = [...values].flatMap(([value, written]) =>
    value === '' ? [] : [createHideOne(value, written)],
  )
  return text => hides.reduce((hidden, hide) => hide(hidden), text)
}

/** The same for all that a problem says. */
export function hideIn(problem: ConfigProblem, hide: Hide): ConfigProblem {
  const { message, nearest, hint } = problem
  return {
    ...problem,
    message: hide(message),
    nearest: nearest && hide(nearest),
    hint: hint && hide(hint),
  }
}

function createHideOne(value: string, written: string): Hide {
  const quoted = JSON.stringify(value)
  const inner = quoted.slice(1, -1)
  const whole = value.length < SHORTEST ? [quoted] : [inner, value]
  let pieces: ReadonlySet<string> | undefined
  return text => {
    let hidden = text
    for (const each of whole) hidden = hidden.replaceAll(each, () => written)
    if (value.length < PIECE) return hidden
    pieces ??= piecesOf(value.slice(0, LOOKED_AT))
    return hidePieces(hidden, pieces, written)
  }
}

function piecesOf(value: string): ReadonlySet<string> {
  const pieces = new Set<string>()
  for (let i = 0; i + PIECE <= value.length; i++)
    pieces.add(value.slice(i, i + PIECE))
  return pieces
}

/** A value may have been cut. */
function hidePieces(
  text: string,
  pieces: ReadonlySet<string>,
  written: string,
): string {
  let hidden = ''
  let copied = 0
  for (let i = 0; i + PIECE <= text.length; i++) {
    if (!pieces.has(text.slice(i, i + PIECE))) continue
    hidden += text.slice(copied, i) + written
    while (pieces.has(text.slice(i + 1, i + 1 + PIECE))) i++
    i += PIECE - 1
    copied = i + 1
  }
  return hidden + text.slice(copied)
}
