import { readFileSync } from 'node:fs'
import { text as readText } from 'node:stream/consumers'
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
  return problems.length === 0 ? 0 : 1
}

async function read(name: string, path: string, io: Io): Promise<string> {
  try {
    return name === '-' ? await readText(io.stdin) : readFileSync(name, 'utf8')
  } catch (error) {
    throw named(error, path)
  }
}
