import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGE_FOLDER } from '../../package.ts'
import type { Run } from '../command.ts'

/** Prints the scripts of all programs for one shell, as they were built. */
export const run: Run = async ({ args }, io) => {
  const folder = join(PACKAGE_FOLDER, 'dist/completion', args[0] ?? '')
  for (const file of readdirSync(folder).sort()) {
    io.stdout.write(readFileSync(join(folder, file)))
  }
  return 0
}
