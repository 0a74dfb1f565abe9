const DAY = 86_400_000

const two = digits(2)
const three = digits(3)

const CACHE_SIZE = 512
const days = new Map<number, string>()

/**
 * `2026-11-25T01:02:03.456Z` of milliseconds since 1970, as
 * Date.toISOString has it at five times the price: dates come from few days,
 * so the text of a day is remembered.
 */
export function isoText(time: number): string {
  const day = Math.floor(time / DAY)
  const rest = time - day * DAY
  const seconds = Math.floor(rest / 1000)
  const minutes = Math.floor(seconds / 60)
  return `${dayText(day)}${two[Math.floor(minutes / 60)]}:${two[minutes % 60]}:${two[seconds % 60]}.${three[rest % 1000]}Z`
}

/** `2026-11-25T`. */
function dayText(day: number): string {
  const known = days.get(day)
  if (known !== undefined) return known
  const text = new Date(day * DAY).toISOString().slice(0, -13)
  if (days.size >= CACHE_SIZE) days.clear()
  days.set(day, text)
  return text
}

/** All numbers of so many digits as text. */
function digits(size: number): string[] {
  return Array.from({ length: 10 ** size }, (_, i) =>
    String(i).padStart(size, '0'),
  )
}
