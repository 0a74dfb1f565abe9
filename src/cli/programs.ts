import type { Program } from './command.ts'
import { mongowatch } from './mongowatch.ts'

/** Every executable of the package. */
export const PROGRAMS = {
  mongowatch,
} as const satisfies Readonly<Record<string, Program>>
