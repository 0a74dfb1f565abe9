import { dirname, resolve } from 'node:path'
import type { Place, Scalar } from './node.ts'
import type { Schema } from './schema.ts'

const SIZE_UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1000,
  K: 1000,
  M: 1000 ** 2,
  G: 1000 ** 3,
  T: 1000 ** 4,
  ki: 1024,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
}

const DURATION_UNITS: Readonly<Record<string, number>> = {
  '': 1,
  ms: 0.001,
  s: 1,
  m: 60,
  min: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
}

const CONVERSIONS: Readonly<
  Record<
    NonNullable<Schema['x-convert']>,
    (value: string, place: Place | undefined) => Scalar
  >
> = {
  level: value => value.toLowerCase(),
  size: value => Math.round(quantity(value.replace(/B$/, ''), SIZE_UNITS)),
  duration: value => quantity(value, DURATION_UNITS),
  module: besideItsFile,
}

/** A checked text in the form that Settings have: `100MiB` as 104857600. */
export function convertScalar(
  conversion: NonNullable<Schema['x-convert']>,
  value: string,
  place: Place | undefined,
): Scalar {
  return CONVERSIONS[conversion](value, place)
}

function quantity(
  text: string,
  units: Readonly<Record<string, number>>,
): number {
  const [, digits = '0', unit = ''] = /^([\d.]+) ?(\D*)$/.exec(text) ?? []
  return Number(digits) * (units[unit] ?? 1)
}

function besideItsFile(value: string, place: Place | undefined): string {
  if (!/^\.\.?\//.test(value)) return value
  return resolve(place === undefined ? '.' : dirname(place.source.path), value)
}
