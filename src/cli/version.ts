import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** Where the package is: the folder that has package.json. */
export const PACKAGE_DIR = resolve(__dirname, '../..')

/** The version in package.json. */
export function version(): string {
  const text = readFileSync(resolve(PACKAGE_DIR, 'package.json'), 'utf8')
  const { version } = JSON.parse(text) as { version: string }
  return version
}
