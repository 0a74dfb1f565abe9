import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The folder of the code that runs: `dist`, or `src` under the tests. What
 * `npm run bundle` puts together lies at the top of `dist`, as this file does,
 * so that a path from here holds there too.
 */
export const CODE_FOLDER = __dirname

/** Where the package is: the folder that has package.json. */
export const PACKAGE_FOLDER = dirname(CODE_FOLDER)

let version: string | undefined

/** The version in package.json, read once. */
export function packageVersion(): string {
  if (version === undefined) {
    const text = readFileSync(join(PACKAGE_FOLDER, 'package.json'), 'utf8')
    version = String(JSON.parse(text).version)
  }
  return version
}
