/** The text of a date. */
export type DateText = (date: Date) => string

/**
 * Dates of one second differ in their milliseconds only: the rest is made
 * once per second.
 */
function perSecond(
  prefixOf: (second: Date) => string,
  suffix: string,
): DateText {
  let second = Number.NaN
  let prefix = ''
  return date => {
    const time = date.getTime()
    if (Number.isNaN(time)) return 'Invalid Date'
    const now = Math.floor(time / 1000)
    if (now !== second) {
      second = now
      prefix = prefixOf(new Date(now * 1000))
    }
    return prefix + String(time - now * 1000).padStart(3, '0') + suffix
  }
}

/** `2026-11-25T01:02:03.456Z`. */
export function createIsoText(): DateText {
  return perSecond(second => second.toISOString().slice(0, -4), 'Z')
}

/** Python's default, `2026-11-25 01:02:03,456`. */
export function createLogText(utc = true): DateText {
  return perSecond(second => `${secondText(second, utc)},`, '')
}

/** `2026-11-25 01:02:03.456000`. */
export function createCsvText(utc = true): DateText {
  return perSecond(second => `${secondText(second, utc)}.`, '000')
}

/** `2026-11-25 01:02:03`. */
function secondText(date: Date, utc: boolean): string {
  const shown = utc ? date : localAsUtc(date)
  return shown.toISOString().slice(0, -5).replace('T', ' ')
}

/** A date whose UTC parts are the local parts of `date`. */
export function localAsUtc(date: Date): Date {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
}
