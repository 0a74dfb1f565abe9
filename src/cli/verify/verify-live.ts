import { stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { CommandError } from '../problem.ts'
import { isMissing } from './open-trail.ts'
import { MovedError } from './trail-file.ts'
import { type Verdict, verifyTrail } from './verify-trail.ts'

const ATTEMPTS = 5
const PAUSE_MS = 100

/**
 * Verifies files that may be written and rotated meanwhile: a fault that is
 * found while they change may be one of looking, so they are read again.
 */
export async function verifyLive(
  paths: readonly string[],
  key: string | undefined,
): Promise<Verdict> {
  for (let attempt = 1; ; attempt++) {
    const before = await marksOf(paths)
    const isLast = attempt === ATTEMPTS || before.includes(PIPE)
    const verdict = await tryOnce(paths, key, !isLast)
    if (verdict !== undefined && verdict.fault === undefined) return verdict
    const isSettled = isLast || before === (await marksOf(paths))
    if (verdict !== undefined && isSettled) return verdict
    if (isLast) throw moved()
    await sleep(PAUSE_MS)
  }
}

/**
 * `undefined` when a file was moved while it was being read. While it is being
 * rotated, there is none of its name.
 */
async function tryOnce(
  paths: readonly string[],
  key: string | undefined,
  mayMiss: boolean,
): Promise<Verdict | undefined> {
  try {
    return await verifyTrail(paths, key)
  } catch (error) {
    if (error instanceof MovedError) return undefined
    if (isMissing(error) && mayMiss) return undefined
    throw error
  }
}

const PIPE = 'pipe'

/** Another text when one of the files was written, moved or removed. */
async function marksOf(paths: readonly string[]): Promise<string> {
  const marks = paths.map(async path => {
    if (path === '-') return PIPE
    const stats = await stat(path).catch(() => undefined)
    if (stats === undefined) return 'none'
    if (!stats.isFile()) return PIPE
    return `${stats.ino} ${stats.size} ${stats.mtimeMs}`
  })
  return (await Promise.all(marks)).join()
}

function moved(): CommandError {
  return new CommandError(
    'the files are rotated faster than they can be read: verify them again',
  )
}
