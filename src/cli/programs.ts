import type { Program } from './command.ts'
import { mongowatch } from './mongowatch.ts'
import { mongowatchCsv } from './mongowatch-csv.ts'

/** Every executable of the package. */
export const PROGRAMS = {
  mongowatch,
  'mongowatch-csv': mongowatchCsv,
} as const satisfies Readonly<Record<string, Program>>
