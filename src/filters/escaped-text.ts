import type { Detector, Span } from './detectors.ts'

/** One character, as a regular expression or a string literal escapes it. */
const ESCAPED =
  /\\x([\da-f]{2})|\\u([\da-f]{4})|\\([^\w\s])|\[([^\w\s\]\\^])\]/gi
/** A quick look that settles most texts. */
const MAY_BE_ESCAPED = /\\|\[[^\w\s]\]/

/**
 * The same detector for texts in which characters are escaped too: the source
 * of a regular expression holds `alice@example\.org`, code `\x40` for `@`.
 */
export function evenEscaped(detect: Detector): Detector {
  return text => {
    const found = detect(text)
    if (!MAY_BE_ESCAPED.test(text)) return found
    const { plain, places } = unescaped(text)
    const inPlain = detect(plain).map(({ start, end }) => ({
      start: places[start] ?? text.length,
      end: places[end] ?? text.length,
    }))
    return joined([...found, ...inPlain])
  }
}

/** The text without escapes, and where each unit of it stood. */
function unescaped(text: string): { plain: string; places: number[] } {
  const places: number[] = []
  let plain = ''
  let from = 0
  const copy = (end: number) => {
    for (let i = from; i < end; i++) places.push(i)
    plain += text.slice(from, end)
  }
  for (const hit of text.matchAll(ESCAPED)) {
    copy(hit.index)
    from = hit.index + hit[0].length
    places.push(hit.index)
    plain += unitOf(hit)
  }
  copy(text.length)
  return { plain, places }
}

function unitOf([, byte, unit, character, alone]: RegExpMatchArray): string {
  const code = byte ?? unit
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
  return character ?? alone ?? ''
}

/** In order; what overlaps is one. */
export function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = []
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1)
    if (last === undefined || span.start >= last.end) result.push(span)
    else if (span.end > last.end) {
      result[result.length - 1] = { start: last.start, end: span.end }
    }
  }
  return result
}
