import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { UsageError } from '../problem.ts'
import type { Values } from '../values.ts'
import type { Surroundings } from './place.ts'

/** Where the stub is for everybody, and in images. */
export const SYSTEM_STUB = '/var/lib/mongowatch/register.cjs'

/** This process's surroundings, as its options and environment say. */
export function readSurroundings(
  values: Values,
  env: Surroundings['env'],
): Surroundings {
  const root = values.text('root')
  const base = root === undefined ? '' : resolve(root)
  const chosen = values.text('stub')
  const stub = stubPath(chosen, base !== '', env)
  return {
    root: base,
    home: join(base, homedir()),
    cwd: process.cwd(),
    env,
    stub,
    systemStub: chosen === undefined ? SYSTEM_STUB : stub,
  }
}

/** The same for what all users' programs load. */
export function forAllUsers(where: Surroundings): Surroundings {
  return { ...where, stub: where.systemStub }
}

/**
 * Root's stub is for all. Another user's is in that user's own folder: what
 * only this user may write must never be in a program of somebody else.
 */
function stubPath(
  chosen: string | undefined,
  isImage: boolean,
  env: Surroundings['env'],
): string {
  if (chosen !== undefined) {
    if (!chosen.endsWith('.cjs')) {
      throw new UsageError('--stub must be a file name that ends with .cjs')
    }
    return resolve(chosen)
  }
  if (isImage || process.getuid?.() === 0) return SYSTEM_STUB
  const data = env.XDG_DATA_HOME || join(homedir(), '.local/share')
  return join(data, 'mongowatch/register.cjs')
}
