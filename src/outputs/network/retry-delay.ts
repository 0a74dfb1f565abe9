const FIRST_MS = 250
const LONGEST_MS = 10_000
/** A timer that should wait longer does not wait at all. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * Milliseconds until the next attempt: 0.25 s, doubled by each failure up to
 * 10 s, of which a random half is taken off, so that many processes do not
 * come back at the same moment. A receiver that asks for more gets it.
 */
export function retryDelay(
  failures: number,
  retryAfterMs: number,
  random: () => number = Math.random,
): number {
  const longest = Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS)
  const delay = Math.max(longest * (1 - random() / 2), retryAfterMs)
  return Math.min(delay, LONGEST_TIMER_MS)
}
