import { MASKED } from './marks.ts'
import { isSecretKey } from './secrets.ts'

/** What a connection string may consist of, in prose or code. */
const TOKEN = /[^\s"`<>]+/g

/** `key: `, `"key" = ` and so on; the value is looked at separately. */
const KEY = /["'`]?([A-Za-z_$][\w.$-]{0,127})["'`]?\s{0,8}[:=]{1,3}\s{0,8}/g

const OPENING: Record<string, string> = { '{': '}', '[': ']', '(': ')' }
const SCHEME = /(?:bearer|basic|digest|negotiate)\s+/iy
const WORD = /[^\s,;&}\])"'`]*/y
const LINE = /[^\r\n"'`}]*/y

/** True when {@link maskUserInfo} might find something: a quick look. */
export function mayHaveUserInfo(text: string): boolean {
  return text.length > 8 && text.includes('://')
}

/**
 * Masks the passwords of connection strings. `cut` says that the text ends
 * early, so that a password without its `@` is recognised at the end.
 */
export function maskUserInfo(text: string, cut = false): string {
  return text.replace(TOKEN, (token, start: number) =>
    maskToken(token, cut && start + token.length === text.length),
  )
}

/** From the user's colon to the last `@`: passwords may contain `@` and `/`. */
function maskToken(token: string, cut: boolean): string {
  const last = token.lastIndexOf('@')
  const at = last < 0 && cut ? token.length : last
  let scheme = token.indexOf('://')
  while (scheme >= 0 && scheme < at) {
    const user = scheme + 3
    const colon = token.indexOf(':', user)
    if (colon < 0 || colon >= at) return token
    const slash = token.indexOf('/', user)
    if (slash < 0 || slash > colon) {
      return token.slice(0, colon + 1) + MASKED + token.slice(at)
    }
    scheme = token.indexOf('://', user)
  }
  return token
}

/**
 * Masks what looks like a secret in prose or code: the passwords of connection
 * strings and the values after `password:`, `token =`, `Authorization: Bearer`.
 */
export function maskText(text: string, cut = false): string {
  const plain = mayHaveUserInfo(text) ? maskUserInfo(text, cut) : text
  let out = ''
  let copied = 0
  KEY.lastIndex = 0
  for (let found = KEY.exec(plain); found; found = KEY.exec(plain)) {
    if (!isSecretKey(found[1] ?? '')) continue
    const start = KEY.lastIndex
    const end = valueEnd(plain, start, found[1] ?? '')
    if (end === start) continue
    out += plain.slice(copied, start) + MASKED
    copied = end
    KEY.lastIndex = end
  }
  return out + plain.slice(copied)
}

function valueEnd(text: string, start: number, key: string): number {
  const first = text[start] ?? ''
  if (first === '"' || first === "'" || first === '`') {
    return quotedEnd(text, start, first)
  }
  if (first in OPENING) return nestedEnd(text, start)
  if (/cookie|authorization/i.test(key)) return matchEnd(LINE, text, start)
  return matchEnd(WORD, text, matchEnd(SCHEME, text, start))
}

function matchEnd(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start
  return start + (pattern.exec(text)?.[0].length ?? 0)
}

/** Behind the closing quote, or the end of a text that was cut. */
function quotedEnd(text: string, start: number, quote: string): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === quote) return i + 1
  }
  return text.length
}

/** Behind the bracket that closes the one at `start`. */
function nestedEnd(text: string, start: number): number {
  const closing: string[] = []
  for (let i = start; i < text.length; i++) {
    const unit = text[i] ?? ''
    if (unit === '"' || unit === "'") i = quotedEnd(text, i, unit) - 1
    else if (Object.hasOwn(OPENING, unit)) closing.push(OPENING[unit] ?? '')
    else if (unit === closing[closing.length - 1]) {
      closing.pop()
      if (closing.length === 0) return i + 1
    }
  }
  return text.length
}
