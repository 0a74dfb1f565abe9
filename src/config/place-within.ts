import type { Place } from './node.ts'
import { sourceLine } from './source-line.ts'

/**
 * The place of a piece of a text that stands on one line, as it is written
 * there; the place of the whole when the piece is not to be found.
 */
export function placeWithin(
  place: Place | undefined,
  piece: string | undefined,
): Place | undefined {
  if (place === undefined || !piece) return place
  const { source, line, column, length } = place
  const whole = sourceLine(source, line).slice(column - 1, column - 1 + length)
  const word = new RegExp(`(?<!\\w)${escaped(piece)}(?!\\w)`).exec(whole)
  return word === null
    ? place
    : { ...place, column: column + word.index, length: piece.length }
}

/**
 * The place of a character of a text that is written as it is, on one line;
 * undefined for other texts.
 */
export function placeAt(
  place: Place | undefined,
  text: string,
  at: number,
  length: number,
): Place | undefined {
  if (place === undefined || text.includes('\n')) return undefined
  const { source, line, column } = place
  const written = sourceLine(source, line)
  const start = written.indexOf(text, column - 1)
  const isInside = start >= 0 && start < column - 1 + place.length
  return isInside ? { ...place, column: start + 1 + at, length } : undefined
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
