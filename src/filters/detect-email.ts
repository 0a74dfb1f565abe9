import type { Span } from './detectors.ts'

/** As it is, and as a URL has it, once or twice encoded. */
const AT = /@|%40|%2540/gi
const LOCAL_PART = 64
const DOMAIN = 255
const LOCAL_UNIT = /[^\s"<>(),:;@[\]\\{}|]/
/** A quote, or where a regular expression begins. */
const NO_START = /['^]/
const DOMAIN_TEXT = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]|\.(?=[\p{L}\p{N}])){0,254}/u

/** E-mail addresses: from each `@` to both sides. */
export function findEmails(text: string): Span[] {
  const found: Span[] = []
  let from = 0
  AT.lastIndex = 0
  for (let hit = AT.exec(text); hit; hit = AT.exec(text)) {
    const after = hit.index + hit[0].length
    const start = startOfLocalPart(text, hit.index, from)
    const domain = DOMAIN_TEXT.exec(text.slice(after, after + DOMAIN))?.[0]
    if (start === undefined || !domain?.includes('.')) continue
    from = after + domain.length
    found.push({ start, end: from })
  }
  return found
}

/** Where the part before an `@` begins, not before `from`. */
function startOfLocalPart(
  text: string,
  at: number,
  from: number,
): number | undefined {
  const first = Math.max(from, at - LOCAL_PART)
  if (text[at - 1] === '"') return startOfQuoted(text, at - 1, first)
  let start = at
  while (start > first && LOCAL_UNIT.test(text[start - 1] ?? '')) start--
  while (NO_START.test(text[start] ?? '')) start++
  return start < at ? start : undefined
}

/** The opening quote of `"john smith"@example.org`; `\\"` is no quote. */
function startOfQuoted(
  text: string,
  closing: number,
  first: number,
): number | undefined {
  for (let i = closing - 1; i >= first; i--)
    if (text[i] === '"' && text[i - 1] !== '\\' && i < closing - 1) return i
  return undefined
}
