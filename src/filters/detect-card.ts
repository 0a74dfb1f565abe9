import type { Span } from './detectors.ts'

const SHORTEST = 13
const LONGEST = 19

const DATE = String.raw`(?:19|20)\d\d[-/][01]\d[-/][0-3]\d(?!\d)`

/** What people put between the groups, and `?` of an expression. */
const BETWEEN = String.raw`[ \t\u00a0\u2000-\u200b\u202f\u2010-\u2015.,/?+_-]{1,3}`

/** Digits that are no card: a UUID, a date, a hexadecimal id, a fraction. */
const OTHERS = [
  '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
  DATE,
  String.raw`(?=\d*[a-f])[0-9a-f]{24,}`,
  String.raw`(?<![\d.])\d{1,9}\.\d{8,}(?!\.?\d)`,
]

/** One of the others, or groups of digits. */
const DIGITS = new RegExp(
  `(?:${OTHERS.join('|')})|(\\d+(?:${BETWEEN}(?!${DATE})\\d+)*)`,
  'gi',
)
const GROUP = /\d+/g

/**
 * Payment card numbers: 13 to 19 digits that pass the Luhn check, alone or in
 * groups, whatever is written before them. Every whole group may be the first
 * one of a card.
 */
export function findCards(text: string): Span[] {
  const found: Span[] = []
  if (text.length < SHORTEST) return found
  DIGITS.lastIndex = 0
  for (let hit = DIGITS.exec(text); hit; hit = DIGITS.exec(text)) {
    const { 1: run = '', index } = hit
    if (run.length < SHORTEST) continue
    const groups = [...run.matchAll(GROUP)]
    for (let first = 0; first < groups.length; first++) {
      const last = lastOfCard(run, groups, first)
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

const BEGINNING = new RegExp(
  `(?<!\\d)\\d(?:(?:${BETWEEN})?\\d){6,18}(?:${BETWEEN})?$`,
)

/** Where digits at the end begin that may be most of a card. */
export function cardBeginning(text: string): number | undefined {
  return BEGINNING.exec(text)?.index
}

/** The last group of the card that begins with group `first`, if one does. */
function lastOfCard(
  run: string,
  groups: readonly RegExpExecArray[],
  first: number,
): number | undefined {
  let digits = ''
  let found: number | undefined
  for (let last = first; last < groups.length; last++) {
    digits += groups[last]?.[0] ?? ''
    if (digits.length > LONGEST) break
    if (digits.length < SHORTEST || !passesLuhn(digits)) continue
    if (mayBeCard(run, groups.slice(first, last + 1))) found = last
  }
  return found
}

/** What separates the elements of lists, too. */
const OF_LISTS = /[,/?]/
/** As cards are grouped, by the lengths of the groups; or each digit alone. */
const GROUPED = /^(?:4,4,4,4(?:,[1-3])?|4,6,[45]|1(?:,1)*)$/

function mayBeCard(run: string, groups: readonly RegExpExecArray[]): boolean {
  const text = run.slice(groups[0]?.index, endOf(groups.at(-1)))
  if (!OF_LISTS.test(text)) return true
  return GROUPED.test(groups.map(([group]) => group.length).join())
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
