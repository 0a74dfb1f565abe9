const SPEC = /^(?:(.)?([<>^]))?(0)?(\d{1,4})?(?:\.(\d{1,3}))?([sdf])?$/u

/** What a text is: of a number, as it is, or with escapes in it. */
export type TextKind = 'number' | 'text' | 'code'

/** Gives a text its width. */
export type Pad = (text: string, kind: TextKind) => string

const asIs: Pad = text => text

/**
 * Compiles what follows the colon: `[[fill]align][width][.precision]`, as in
 * Python. A number gets as many decimals, any other text at most as many
 * characters; numbers are aligned right.
 */
export function compileSpec(spec: string): Pad | undefined {
  if (spec === '') return asIs
  const found = SPEC.exec(spec)
  if (found === null) return undefined
  const [, fill, align, zero, width, precision, type] = found
  const size = Number(width ?? 0)
  const digits = precision === undefined ? undefined : Number(precision)
  const filler = fill ?? (zero === undefined ? ' ' : '0')
  return (text, kind) => {
    const isNumber = kind === 'number' && type !== 's' && text !== ''
    const cut = digits === undefined ? text : limit(text, digits, kind)
    return aligned(cut, size, filler, align ?? (isNumber ? '>' : '<'))
  }
}

/** What stays together: an escape of ours, a character beyond 16 bits. */
const TEXT = /\\u[\da-f]{4}|./gsu
/** The same, and the escapes of quoted text and JSON. */
const CODE = /\\u[\da-f]{4}|\\.|./gsu

function limit(text: string, digits: number, kind: TextKind): string {
  if (kind === 'number') return decimals(text, digits)
  const units = text.match(kind === 'text' ? TEXT : CODE) ?? []
  return units.slice(0, digits).join('')
}

function decimals(text: string, digits: number): string {
  const number = Number(text)
  return text === '' || Number.isNaN(number)
    ? text
    : number.toFixed(Math.min(digits, 100))
}

function aligned(
  text: string,
  size: number,
  filler: string,
  align: string,
): string {
  const missing = size - [...text].length
  if (missing <= 0) return text
  if (align === '<') return text + filler.repeat(missing)
  if (align === '>') return filler.repeat(missing) + text
  const left = Math.floor(missing / 2)
  return filler.repeat(left) + text + filler.repeat(missing - left)
}
