import { cardBeginning } from './detect-card.ts'
import { ibanBeginning } from './detect-iban.ts'
import type { Detector } from './detectors.ts'
import { joined } from './escaped-text.ts'

/** Where what stands at the end of a text may begin, `undefined` if nothing. */
type Beginning = (text: string) => number | undefined

/** What a copy puts at the end of a text that it cut. */
const CUT = '…(+'
const WHOLE_CUT = /^\u2026\(\+\d+\)$/

/** Longer is only a token. */
const LONGEST = 330

const BEGINNINGS: { readonly [kind: string]: Beginning } = {
  email: atEnd(/[^\s"<>(),:;@[\]\\{}|]{1,64}(?:@|%40|%2540)[\p{L}\p{N}.-]*$/u),
  card: cardBeginning,
  iban: ibanBeginning,
  aws_key: atEnd(
    /(?<![A-Za-z0-9])(?:AKIA|ASIA|AROA|AIDA|AGPA|ANPA|ANVA|ABIA|ACCA)[A-Z0-9]{0,15}$/,
  ),
  bearer: atEnd(/(?<=\bbearer[ \t]{1,8})[\w.~+/=-]+$/i),
}

/**
 * The same detector for texts that were cut: what may be the beginning of what
 * it looks for is found too, as nobody can tell any more.
 */
export function evenCut(kind: string, detect: Detector): Detector {
  const beginning =
    kind === 'jwt' ? tokenBeginning : withinLast(BEGINNINGS[kind])
  return text => {
    const found = detect(text)
    const end = text.endsWith(')') ? text.lastIndexOf(CUT) : -1
    if (end === -1 || !WHOLE_CUT.test(text.slice(end))) return found
    const start = beginning(text.slice(0, end))
    return start === undefined ? found : joined([...found, { start, end }])
  }
}

function atEnd(pattern: RegExp): Beginning {
  return text => pattern.exec(text)?.index
}

/** A pattern that must reach the end is tried from every place. */
function withinLast(beginning: Beginning | undefined): Beginning {
  return text => {
    const from = Math.max(0, text.length - LONGEST)
    const start = beginning?.(text.slice(from))
    return start === undefined ? undefined : from + start
  }
}

const OF_TOKEN = /[\w.-]/

/** Of a JSON Web Token, which may be as long as the text. */
function tokenBeginning(text: string): number | undefined {
  let from = text.length
  while (from > 0 && OF_TOKEN.test(text[from - 1] ?? '')) from--
  const start = text.indexOf('eyJ', from)
  return start === -1 ? undefined : start
}
