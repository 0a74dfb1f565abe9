import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** What `require('mongodb')` gives, whatever the version. */
export type Driver = typeof import('mongodb')

/** A copy of the driver that shares no class with those loaded before. */
export function loadCopy(root: string): Driver {
  const require = createRequire(join(root, 'package.json'))
  for (const path of Object.keys(require.cache)) {
    if (path.startsWith(root)) delete require.cache[path]
  }
  return require(root)
}

/** The version of the driver in a folder. */
export function versionOf(root: string): string {
  const text = readFileSync(join(root, 'package.json'), 'utf8')
  return JSON.parse(text).version
}
