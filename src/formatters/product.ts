import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The name under which records go to other systems. */
export const PRODUCT = 'mongowatch'

let version: string | undefined

/** The version in package.json, read once. */
export function productVersion(): string {
  if (version === undefined) {
    const file = join(__dirname, '..', '..', 'package.json')
    const found: unknown = JSON.parse(readFileSync(file, 'utf8')).version
    version = String(found)
  }
  return version
}
