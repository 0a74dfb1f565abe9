import type { Span } from './detectors.ts'

/** Length of the numbers of each country that has them. */
const LENGTHS = new Map(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28
  CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23
  GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28
  LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28
  NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24
  SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30`
    .split(/\s+/)
    .map(entry => [entry.slice(0, 2), Number(entry.slice(2))]),
)

const START = /(?<![A-Za-z0-9])[A-Za-z]{2}[ -]?\d\d/g
const BETWEEN = /[ \t\u00a0\u2000-\u200b\u202f\u2010-\u2015.-]/
const SHORTEST = 15

/** The longest number with something after every character. */
const LONGEST_TEXT = 66

/**
 * International bank account numbers: a country's letters, its length, and a
 * remainder of 1 modulo 97; any case, spaces, hyphens and dots between.
 */
export function findIbans(text: string): Span[] {
  const found: Span[] = []
  if (text.length < SHORTEST) return found
  START.lastIndex = 0
  for (let hit = START.exec(text); hit; hit = START.exec(text)) {
    const { 0: head, index } = hit
    const length = LENGTHS.get(head.slice(0, 2).toUpperCase())
    if (length === undefined) continue
    const end = endOfNumber(text, index, length)
    if (end !== undefined) found.push({ start: index, end })
  }
  return found
}

/** Where a text begins at the end that may be half of such a number. */
export function ibanBeginning(text: string): number | undefined {
  START.lastIndex = 0
  for (let hit = START.exec(text); hit; hit = START.exec(text)) {
    const length = LENGTHS.get(hit[0].slice(0, 2).toUpperCase()) ?? 0
    const units = [...text.slice(hit.index)].filter(unit => !BETWEEN.test(unit))
    const isNumber = units.every(unit => /[A-Za-z0-9]/.test(unit))
    if (isNumber && units.length < length) return hit.index
  }
  return undefined
}

function endOfNumber(
  text: string,
  start: number,
  length: number,
): number | undefined {
  let number = ''
  const limit = Math.min(text.length, start + LONGEST_TEXT)
  for (let i = start; i < limit; i++) {
    const unit = text[i] ?? ''
    if (BETWEEN.test(unit)) continue
    if (!/[A-Za-z0-9]/.test(unit)) return undefined
    number += unit
    if (number.length < length) continue
    const isWhole = !/[A-Za-z0-9]/.test(text[i + 1] ?? '')
    return isWhole && passesMod97(number.toUpperCase()) ? i + 1 : undefined
  }
  return undefined
}

/** The first four characters count last, letters as 10 to 35. */
function passesMod97(number: string): boolean {
  let remainder = 0
  for (const unit of number.slice(4) + number.slice(0, 4)) {
    const value = Number.parseInt(unit, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}
