import { isoText } from '../record/iso-text.ts'

/** The text of a date. */
export type DateText = (date: Date) => string

/** Python's default, `2026-11-25 01:02:03,456`. */
export function createLogText(utc = true): DateText {
  return date => dateText(date, utc, ',', '')
}

/** `2026-11-25 01:02:03.456000`. */
export function createCsvText(utc = true): DateText {
  return date => dateText(date, utc, '.', '000')
}

function dateText(
  date: Date,
  utc: boolean,
  point: string,
  end: string,
): string {
  const shown = utc ? date.getTime() : localAsUtc(date).getTime()
  if (Number.isNaN(shown)) return 'Invalid Date'
  const iso = isoText(shown)
  const { length } = iso
  return `${iso.slice(0, -14)} ${iso.slice(length - 13, -5)}${point}${iso.slice(length - 4, -1)}${end}`
}

/** A date whose UTC parts are the local parts of `date`. */
export function localAsUtc(date: Date): Date {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
}
