import type { Span } from './detectors.ts'

const SHORTEST = 13
const LONGEST = 19

/** Groups of digits with one space or hyphen between them. */
const DIGITS = /(?<![\w-])\d+(?:[ -]\d+)*(?!\w)/g
const GROUP = /\d+/g

/**
 * Payment card numbers: 13 to 19 digits that pass the Luhn check, alone or in
 * groups. Every whole group may be the first one of a card.
 */
export function findCards(text: string): Span[] {
  const found: Span[] = []
  if (text.length < SHORTEST) return found
  DIGITS.lastIndex = 0
  for (let hit = DIGITS.exec(text); hit; hit = DIGITS.exec(text)) {
    const { 0: run, index } = hit
    if (run.length < SHORTEST) continue
    const groups = [...run.matchAll(GROUP)]
    for (let first = 0; first < groups.length; first++) {
      const last = lastOfCard(groups, first)
      if (last === undefined) continue
      found.push({
        start: index + (groups[first]?.index ?? 0),
        end: index + endOf(groups[last]),
      })
      first = last
    }
  }
  return found
}

/** The last group of the card that begins with group `first`, if one does. */
function lastOfCard(
  groups: readonly RegExpExecArray[],
  first: number,
): number | undefined {
  let digits = ''
  let found: number | undefined
  for (let last = first; last < groups.length; last++) {
    digits += groups[last]?.[0] ?? ''
    if (digits.length > LONGEST) break
    if (digits.length >= SHORTEST && passesLuhn(digits)) found = last
  }
  return found
}

function endOf(group: RegExpExecArray | undefined): number {
  return group === undefined ? 0 : group.index + group[0].length
}

/** Every second digit from the right counts twice; the sum ends in 0. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48
    const value = i % 2 === 0 ? digit : digit * 2
    sum += value > 9 ? value - 9 : value
  }
  return sum > 0 && sum % 10 === 0
}
