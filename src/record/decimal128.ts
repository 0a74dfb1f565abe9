const BIAS = 6176
const COEFFICIENT_BITS = 113n
const LARGEST = 10n ** 34n - 1n

/**
 * The text of a BSON decimal: IEEE 754-2008 decimal128 in the binary integer
 * form, 16 bytes, least significant first.
 */
export function decimalText(bytes: Uint8Array): string {
  let bits = 0n
  for (let i = 15; i >= 0; i--) bits = (bits << 8n) | BigInt(bytes[i] ?? 0)
  const sign = bits >> 127n === 1n ? '-' : ''
  const combination = Number((bits >> 122n) & 31n)
  if (combination === 31) return 'NaN'
  if (combination === 30) return `${sign}Infinity`
  // beginning with 11: a coefficient that is too large, which counts as zero
  const large = combination >> 3 === 3
  const shift = large ? COEFFICIENT_BITS - 2n : COEFFICIENT_BITS
  const exponent = Number((bits >> shift) & 0x3fffn) - BIAS
  const coefficient = large ? 0n : bits & ((1n << COEFFICIENT_BITS) - 1n)
  const digits = coefficient > LARGEST ? '0' : coefficient.toString()
  return sign + numberText(digits, exponent)
}

/** Plain where that is short, else scientific, as the BSON specification. */
function numberText(digits: string, exponent: number): string {
  const adjusted = exponent + digits.length - 1
  if (exponent > 0 || adjusted < -6) return scientific(digits, adjusted)
  if (exponent === 0) return digits
  const padded = digits.padStart(1 - exponent, '0')
  return `${padded.slice(0, exponent)}.${padded.slice(exponent)}`
}

function scientific(digits: string, adjusted: number): string {
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : ''
  return `${digits[0]}${fraction}E${adjusted < 0 ? '' : '+'}${adjusted}`
}
