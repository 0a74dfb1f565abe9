import type { Program } from './command.ts'
import { mongowatch } from './mongowatch.ts'
import { mongowatchCsv } from './mongowatch-csv.ts'
import { mongowatchInstallMask } from './mongowatch-install-mask.ts'

/** Every executable of the package. */
export const PROGRAMS = {
  mongowatch,
  'mongowatch-csv': mongowatchCsv,
  'mongowatch-install-mask': mongowatchInstallMask,
} as const satisfies Readonly<Record<string, Program>>
