const FINAL = Buffer.from('final')
const FINAL_RANK = 2 ** 31
const MAX_NUMBER = FINAL_RANK - 1
const ZERO = 48
const OPEN = 40
const CLOSE = 41

/**
 * How new an Iteration is: 0, 1, 2 ... then `final`, `final(1)`, `final(2)`;
 * -1 for anything else.
 */
export function iterationRank(
  bytes: Uint8Array,
  start: number,
  end: number,
): number {
  if (start < 0 || start >= end) return -1
  if (bytes[start] !== FINAL[0]) return readNumber(bytes, start, end)
  for (let i = 0; i < FINAL.length; i++) {
    if (start + i >= end || bytes[start + i] !== FINAL[i]) return -1
  }
  const from = start + FINAL.length
  if (from === end) return FINAL_RANK
  if (bytes[from] !== OPEN || bytes[end - 1] !== CLOSE) return -1
  const number = readNumber(bytes, from + 1, end - 1)
  return number < 0 ? -1 : FINAL_RANK + number
}

function readNumber(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end) return -1
  let number = 0
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] ?? 0) - ZERO
    if (digit < 0 || digit > 9) return -1
    number = Math.min(number * 10 + digit, MAX_NUMBER)
  }
  return number
}
