import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { peek } from './peek.ts'

/** One copy of the driver in this process. */
export interface DriverCopy {
  /** The package's folder. */
  readonly root: string
  /** E.g. `7.9.0`; `undefined` when its package.json cannot be read. */
  readonly version: string | undefined
}

/** Reads the version of the driver in a folder. */
export function readDriverCopy(root: string): DriverCopy {
  return { root, version: readVersion(root) }
}

function readVersion(root: string): string | undefined {
  try {
    const text = readFileSync(join(root, 'package.json'), 'utf8')
    const version = peek(JSON.parse(text), 'version')
    return typeof version === 'string' ? version : undefined
  } catch {
    // a bundler or a permission: the record's Driver stays unknown
    return undefined
  }
}
