import { MongowatchError } from '../errors.ts'
import { type DateText, localAsUtc } from './date-text.ts'

const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(
  ' ',
)
const MONTHS = (
  'January February March April May June July August September October ' +
  'November December'
).split(' ')

const two = (value: number) => String(value).padStart(2, '0')
const short = (name: string | undefined) => (name ?? '').slice(0, 3)
const hour12 = (date: Date) => date.getUTCHours() % 12 || 12

/** Python's directives over a date whose UTC parts are to be shown. */
const DIRECTIVES: Record<string, (date: Date) => string> = {
  Y: date => String(date.getUTCFullYear()),
  y: date => two(date.getUTCFullYear() % 100),
  m: date => two(date.getUTCMonth() + 1),
  d: date => two(date.getUTCDate()),
  H: date => two(date.getUTCHours()),
  I: date => two(hour12(date)),
  M: date => two(date.getUTCMinutes()),
  S: date => two(date.getUTCSeconds()),
  f: date => `${String(date.getUTCMilliseconds()).padStart(3, '0')}000`,
  p: date => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
  a: date => short(DAYS[date.getUTCDay()]),
  A: date => DAYS[date.getUTCDay()] ?? '',
  b: date => short(MONTHS[date.getUTCMonth()]),
  B: date => MONTHS[date.getUTCMonth()] ?? '',
  j: date => String(dayOfYear(date)).padStart(3, '0'),
  w: date => String(date.getUTCDay()),
  F: date => date.toISOString().slice(0, 10),
  T: date => date.toISOString().slice(11, 19),
  '%': () => '%',
}

/** `datefmt` of Python's logging as a function. */
export function compileStrftime(format: string, utc: boolean): DateText {
  const parts = format.split(/%(.)/s).map((part, i) => {
    if (i % 2 === 0) return () => part
    if (part === 'z') return (date: Date) => offset(utc ? 0 : zone(date))
    if (part === 'Z') return () => (utc ? 'UTC' : zoneName())
    return directive(part, format)
  })
  return date => {
    if (Number.isNaN(date.getTime())) return 'Invalid Date'
    const shown = utc ? date : localAsUtc(date)
    return parts.map(part => part(shown)).join('')
  }
}

function directive(name: string, format: string): (date: Date) => string {
  const found = Object.hasOwn(DIRECTIVES, name) ? DIRECTIVES[name] : undefined
  if (found !== undefined) return found
  throw new MongowatchError(
    'MONGOWATCH_FORMATTER',
    `datefmt: expected %${Object.keys(DIRECTIVES).join(' %')} %z %Z, got %${name} in ${JSON.stringify(format)}`,
  )
}

function dayOfYear(date: Date): number {
  const start = Date.UTC(date.getUTCFullYear(), 0, 1)
  return Math.floor((date.getTime() - start) / 86_400_000) + 1
}

function zone(date: Date): number {
  return -date.getTimezoneOffset()
}

/** `+0530` for 330 minutes. */
function offset(minutes: number): string {
  const size = Math.abs(minutes)
  const sign = minutes < 0 ? '-' : '+'
  return sign + two(Math.floor(size / 60)) + two(size % 60)
}

function zoneName(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}
