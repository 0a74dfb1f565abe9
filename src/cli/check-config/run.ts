import { text as readText } from 'node:stream/consumers'
import { checkConfig } from '../../config/check-config.ts'
import type { Source } from '../../config/node.ts'
import type { Run } from '../command.ts'
import type { Io } from '../io.ts'
import { named } from '../problem.ts'

/** `mongowatch check-config`. */
export const run: Run = async ({ args }, io) => {
  const files: (string | Source)[] = []
  for (const name of args) files.push(name === '-' ? await input(io) : name)
  // this command's own script says nothing about the application's
  const { text, ok } = checkConfig(files, { mainScript: undefined })
  io.stdout.write(`${text}\n`)
  return ok ? 0 : 1
}

async function input(io: Io): Promise<Source> {
  const path = 'standard input'
  try {
    return { path, text: await readText(io.stdin) }
  } catch (error) {
    throw named(error, path)
  }
}
