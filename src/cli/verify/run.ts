import { readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
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
import { isAside } from './open-trail.ts'
import { verifyLive } from './verify-live.ts'
import type { Verdict } from './verify-trail.ts'

/** `mongowatch verify`. */
export const run: Run = async ({ args, values }, io) => {
  try {
    const verdict = await verifyLive(args, keyOf(values, io))
    const drafts = await notesOnDrafts(args)
    const notes = [...verdict.notes, ...drafts]
    return report({ ...verdict, notes }, values.flag('quiet'), io)
  } catch (error) {
    if (!(error instanceof CommandError) && !isSystemError(error)) throw error
    io.stderr.write(`mongowatch verify: ${explain(error)}\n`)
    return 2 // 1 says that the trail was read, and is broken
  }
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
  const { files, lines, writers, fault } = verdict
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
  for (const note of verdict.notes) io.stdout.write(`note: ${note}\n`)
  return 0
}

/** What a process left behind that ended in the middle. */
async function notesOnDrafts(paths: readonly string[]): Promise<string[]> {
  const notes: string[] = []
  for (const path of paths.filter(isAside)) {
    const stats = await stat(path).catch(() => undefined)
    const isStale = Date.now() - (stats?.mtimeMs ?? Date.now()) > STALE_MS
    if (isStale) notes.push(`${path} is a draft of long ago, no part of it`)
  }
  return notes
}

/** A file is compressed in less. */
const STALE_MS = 600_000
