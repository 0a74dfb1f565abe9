import { readdirSync, readFileSync } from 'node:fs'
import type { Surroundings } from './place.ts'
import { supervisorsWith } from './supervisors.ts'

/**
 * Programs in whose environment the stub is named, and what will start such
 * ones: Node would not start below
 * them if it were gone. Those of other users are seen by root only.
 */
export function stubUsers(where: Surroundings): string[] {
  const { root, stub, env } = where
  if (root !== '') return [] // an image that does not run
  const here = env.NODE_OPTIONS?.includes(stub) ? ['this shell'] : []
  return [
    ...here,
    ...processes()
      .filter(pid => hasStub(pid, stub))
      .map(named),
    ...supervisorsWith(where),
  ]
}

function processes(): string[] {
  return list('/proc').filter(
    name => /^\d+$/.test(name) && name !== String(process.pid),
  )
}

function hasStub(pid: string, stub: string): boolean {
  return read(`/proc/${pid}/environ`)
    .split('\0')
    .some(each => each.startsWith('NODE_OPTIONS=') && each.includes(stub))
}

const named = (pid: string) => `${read(`/proc/${pid}/comm`).trim()} (${pid})`

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // no /proc on this system
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '' // it has ended, or belongs to another user
  }
}
