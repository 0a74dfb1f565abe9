import type { Place } from './node.ts'

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
  const text = source.text.split('\n', line)[line - 1] ?? ''
  const whole = text.slice(column - 1, column - 1 + length)
  const word = new RegExp(`(?<!\\w)${escaped(piece)}(?!\\w)`).exec(whole)
  return word === null
    ? place
    : { ...place, column: column + word.index, length: piece.length }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
