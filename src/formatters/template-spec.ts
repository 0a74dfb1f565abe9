const SPEC = /^(?:(.)?([<>^]))?(0)?(\d{1,4})?(?:\.(\d{1,3}))?([sdf])?$/u

/** Gives a text its width. */
export type Pad = (text: string) => string

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
  return text => {
    const isNumber = type !== 's' && isDecimal(text)
    const cut = digits === undefined ? text : limit(text, digits, isNumber)
    return aligned(cut, size, filler, align ?? (isNumber ? '>' : '<'))
  }
}

function isDecimal(text: string): boolean {
  return /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/.test(text)
}

function limit(text: string, digits: number, isNumber: boolean): string {
  return isNumber
    ? Number(text).toFixed(Math.min(digits, 100))
    : [...text].slice(0, digits).join('')
}

function aligned(
  text: string,
  size: number,
  filler: string,
  align: string,
): string {
  const missing = size - text.length
  if (missing <= 0) return text
  if (align === '<') return text.padEnd(size, filler)
  if (align === '>') return text.padStart(size, filler)
  const left = text.length + Math.floor(missing / 2)
  return text.padStart(left, filler).padEnd(size, filler)
}
