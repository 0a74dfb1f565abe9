import { readFileSync } from 'node:fs'
import { text as readText } from 'node:stream/consumers'
import { convertConfig } from '../../config/convert-config.ts'
import { problemBlock } from '../../config/problem-text.ts'
import type { Run } from '../command.ts'

/** `mongowatch convert-config`. */
export const run: Run = async ({ args }, io) => {
  const [name = '-'] = args
  const isStream = name === '-'
  const source = isStream
    ? await readText(io.stdin)
    : readFileSync(name, 'utf8')
  const path = isStream ? 'standard input' : name
  const { text, problems } = convertConfig(source, path)
  io.stdout.write(text)
  for (const problem of problems) {
    io.stderr.write(`${problemBlock(problem)}\n\n`)
  }
  return problems.length === 0 ? 0 : 1
}
