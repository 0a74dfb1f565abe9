import { checkConfig } from '../../config/check-config.ts'
import type { Run } from '../command.ts'

/** `mongowatch check-config`. */
export const run: Run = async ({ args }, io) => {
  // this command's own script says nothing about the application's
  const { text, ok } = checkConfig(args, { mainScript: undefined })
  io.stdout.write(`${text}\n`)
  return ok ? 0 : 1
}
