import type { Schema } from './schema.ts'

/** What people write for the units that are known. */
const UNITS: Readonly<
  Record<'size' | 'duration', readonly [RegExp, string][]>
> = {
  size: [
    [/^b(ytes?)?$/, 'B'],
    [/^ki?b?$|^kilo(bytes?)?$/, 'KiB'],
    [/^m(i?b|egs?|egabytes?)?$/, 'MiB'],
    [/^g(i?b|igs?|igabytes?)?$/, 'GiB'],
  ],
  duration: [
    [/^(ms|msecs?|milli(second)?s?)$/, 'ms'],
    [/^s(ecs?|econds?)?$/, 's'],
    [/^m(ins?|inutes?)?$/, 'm'],
    [/^h(rs?|ours?)?$/, 'h'],
    [/^d(ays?)?$/, 'd'],
    [/^w(ks?|eeks?)?$/, 'w'],
  ],
}

const SECONDS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
}

/**
 * What was meant by a quantity: `5m` for `5 mins`, `100MiB` for `100 megs`,
 * 30 for `30s` where a plain number of seconds is expected.
 */
export function nearestQuantity(
  value: unknown,
  { 'x-convert': conversion, title, type }: Schema,
): string | undefined {
  const [, digits, word = ''] =
    /^ *(\d+(?:\.\d+)?)[ _]*([a-z]+)\.? *$/i.exec(String(value)) ?? []
  if (digits === undefined) return undefined
  if (conversion === 'size' || conversion === 'duration') {
    const unit = unitOf(word, conversion)
    return unit && `${digits}${unit}`
  }
  const seconds = SECONDS[unitOf(word, 'duration') ?? '']
  if (title !== 'seconds' || type !== 'number' || seconds === undefined)
    return undefined
  return String(Number((Number(digits) * seconds).toFixed(3)))
}

function unitOf(word: string, kind: keyof typeof UNITS): string | undefined {
  return UNITS[kind].find(([pattern]) => pattern.test(word.toLowerCase()))?.[1]
}
