import { findCards } from './detect-card.ts'
import { evenCut } from './detect-cut.ts'
import { findEmails } from './detect-email.ts'
import { findIbans } from './detect-iban.ts'
import { evenEscaped } from './escaped-text.ts'

/** Where something was found in a text: `end` is the first unit after it. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Finds everything of one kind in a text, in time that grows with it. */
export type Detector = (text: string) => Span[]

/**
 * What a text can be found to hold. Every pattern is written so that each
 * unit of the text is looked at a bounded number of times.
 */
export const DETECTORS = {
  email: inCopies('email', findEmails),
  card: inCopies('card', findCards),
  iban: inCopies('iban', findIbans),
  jwt: inCopies('jwt', findTokens),
  aws_key: inCopies('aws_key', text => findAll(text, AWS_KEY)),
  bearer: inCopies('bearer', text => findAll(text, BEARER)),
  connection_string: evenEscaped(findPasswords),
} as const satisfies { readonly [name: string]: Detector }

/** Copies have texts that are escaped, or cut. */
function inCopies(kind: string, detect: Detector): Detector {
  return evenEscaped(evenCut(kind, detect))
}

/** Most keys, and many values: too short for numbers, no `@`, `:` or escape. */
const PLAIN = /^(?!.*eyJ)[\w .$-]*$/
const SHORTER_THAN_ALL = 13

/** False for a text in which no detector finds anything: seen at one glance. */
export function mayHold(text: string): boolean {
  return text.length >= SHORTER_THAN_ALL || !PLAIN.test(text)
}

/** A detector's name. */
export type DetectorName = keyof typeof DETECTORS

const AWS_KEY =
  /(?<![A-Za-z0-9])(?:AKIA|ASIA|AROA|AIDA|AGPA|ANPA|ANVA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])/g

/** The word, then the token. */
const BEARER = /\bbearer[ \t]{1,8}([\w.~+/=-]{8,})/gi

/** The group of each match, or the whole of one that has none. */
function findAll(text: string, pattern: RegExp): Span[] {
  const found: Span[] = []
  pattern.lastIndex = 0
  for (let hit = pattern.exec(text); hit; hit = pattern.exec(text)) {
    const part = hit[1] ?? hit[0]
    const end = pattern.lastIndex
    found.push({ start: end - part.length, end })
  }
  return found
}

const TOKEN = /[\w-]+\.(?:[\w-]*\.[\w-]+(?:\.[\w-]+\.[\w-]+)?|[\w-]+\.)/y
const TOKEN_PART = /[\w-]*/y

/** JSON Web Tokens: three parts or five, the first is `{"` in base64. */
function findTokens(text: string): Span[] {
  const found: Span[] = []
  let start = text.indexOf('eyJ')
  while (start !== -1) {
    TOKEN.lastIndex = start
    const isToken = TOKEN.test(text)
    if (isToken) found.push({ start, end: TOKEN.lastIndex })
    TOKEN_PART.lastIndex = start
    TOKEN_PART.test(text)
    start = text.indexOf(
      'eyJ',
      isToken ? TOKEN.lastIndex : TOKEN_PART.lastIndex,
    )
  }
  return found
}

/** Up to the next scheme: no unit is looked at twice. */
const TOKEN_END = /(?:(?!:\/\/)[^\s"<>`])*/y
const PATH = /[/?#]/
const PORT = /^\d{1,5}$/

/** The password of `scheme://user:password@host`, and nothing else of it. */
function findPasswords(text: string): Span[] {
  const found: Span[] = []
  let scheme = text.indexOf('://')
  while (scheme !== -1) {
    const from = scheme + 3
    TOKEN_END.lastIndex = from
    const token = TOKEN_END.exec(text)?.[0] ?? ''
    const password = passwordIn(token)
    if (password !== undefined) {
      found.push({ start: from + password.start, end: from + password.end })
    }
    scheme = text.indexOf('://', from + token.length)
  }
  return found
}

/**
 * Between the user's colon and the `@` before the host. A `/`, `?` or `#` ends
 * what may hold a password, unless there was no `@` before it: then it is one
 * that should have been escaped.
 */
function passwordIn(token: string): Span | undefined {
  const path = token.search(PATH)
  const authority = path === -1 ? token : token.slice(0, path)
  const colon = authority.indexOf(':')
  if (colon === -1) return undefined
  const start = colon + 1
  const isPort = PORT.test(authority.slice(start))
  const at = authority.lastIndexOf('@')
  const end = at === -1 && !isPort ? token.lastIndexOf('@') : at
  return end > start ? { start, end } : undefined
}
