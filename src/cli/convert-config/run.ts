import { readFileSync } from 'node:fs'
import { text as readText } from 'node:stream/consumers'
import { checkConfig } from '../../config/check-config.ts'
import { convertConfig } from '../../config/convert-config.ts'
import { problemBlock } from '../../config/problem-text.ts'
import type { Run } from '../command.ts'
import type { Io } from '../io.ts'
import { named } from '../problem.ts'

/** `mongowatch convert-config`. */
export const run: Run = async ({ args }, io) => {
  const [name = '-'] = args
  const path = name === '-' ? 'standard input' : name
  const source = await read(name, path, io)
  const { text, problems } = convertConfig(source, path)
  io.stdout.write(text)
  for (const problem of problems) {
    io.stderr.write(`${problemBlock(problem)}\n\n`)
  }
  if (problems.length > 0) return 1
  return isRight(text, io) ? 0 : 1
}

/** What was copied as it stands may mean something else here, or nothing. */
function isRight(text: string, io: Io): boolean {
  const source = { path: 'the converted file', text }
  const checked = checkConfig([source], { mainScript: undefined })
  if (!checked.ok) io.stderr.write(`${checked.text}\n`)
  return checked.ok
}

async function read(name: string, path: string, io: Io): Promise<string> {
  try {
    return name === '-' ? await readText(io.stdin) : readFileSync(name, 'utf8')
  } catch (error) {
    throw named(error, path)
  }
}
