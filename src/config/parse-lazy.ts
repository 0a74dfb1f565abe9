import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CODE_FOLDER } from '../package.ts'

/** What is used of the `yaml` package to read a file. */
export type Yaml = Pick<
  typeof import('yaml'),
  | 'Composer'
  | 'Lexer'
  | 'LineCounter'
  | 'Parser'
  | 'YAMLParseError'
  | 'isAlias'
  | 'isMap'
  | 'isScalar'
  | 'isSeq'
>

/** The same in one file; made by `npm run bundle`. */
const BUNDLE = join(CODE_FOLDER, 'config/yaml-bundle.js')

/** What only a file with mistakes in its syntax needs, loaded then. */
export const FILES = {
  salvageYaml: (): typeof import('./salvage-yaml.ts') =>
    // biome-ignore lint/correctness/useImportExtensions: tsc leaves require() as it is
    require('./salvage-yaml'),
  yaml: (): Yaml => require(existsSync(BUNDLE) ? BUNDLE : 'yaml'),
} as const
