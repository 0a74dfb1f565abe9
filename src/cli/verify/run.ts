import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { ExitCode, Run } from '../command.ts'
import type { Io } from '../io.ts'
import {
  CommandError,
  explain,
  isSystemError,
  named,
  UsageError,
} from '../problem.ts'
import type { Values } from '../values.ts'
import { describeFault } from './fault.ts'
import { type Verdict, verifyTrail } from './verify-trail.ts'

/** `mongowatch verify`. */
export const run: Run = async ({ args, values }, io) => {
  try {
    const verdict = await verifyTrail(trailOf(args), keyOf(values, io))
    return report(verdict, values.flag('quiet'), io)
  } catch (error) {
    if (!(error instanceof CommandError) && !isSystemError(error)) throw error
    io.stderr.write(`mongowatch verify: ${explain(error)}\n`)
    return 2 // 1 says that the trail was read, and is broken
  }
}

/** Without what a running handler has beside its files for a moment. */
function trailOf(paths: readonly string[]): string[] {
  const all = new Set(paths)
  return [...all].filter(
    path =>
      !/\.lock(?:\.|$)|\.gz\.tmp$/.test(basename(path)) &&
      !(path.endsWith('.gz') && all.has(path.slice(0, -3))),
  )
}

function keyOf(values: Values, { env }: Io): string | undefined {
  const given = values.oneOf(['key-file', 'key-env'])
  if (given === undefined) return undefined
  const name = values.text(given) ?? ''
  const key = given === 'key-file' ? readKey(name) : env[name]
  if (key === undefined || key.trim() === '') {
    throw new UsageError(`--${given} ${name}: there is no key`)
  }
  return key.trim()
}

function readKey(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw named(error, path)
  }
}

function report(verdict: Verdict, isQuiet: boolean, io: Io): ExitCode {
  const { files, lines, writers, fault, notes } = verdict
  if (fault !== undefined) {
    io.stdout.write(`${describeFault(fault)}\n`)
    return 1
  }
  if (lines === 0) {
    io.stderr.write('mongowatch verify: there are no lines to verify\n')
    return 2
  }
  if (isQuiet) return 0
  const amounts = [
    `${files} file${files === 1 ? '' : 's'}`,
    `${lines} line${lines === 1 ? '' : 's'}`,
    `${writers} writer${writers === 1 ? '' : 's'}`,
  ]
  io.stdout.write(`intact: ${amounts.join(', ')}\n`)
  for (const note of notes) io.stdout.write(`note: ${note}\n`)
  return 0
}
