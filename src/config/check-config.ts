import {
  type LoadedSettings,
  type LoadOptions,
  loadFiles,
  loadSettings,
  placesOf,
} from './load-settings.ts'
import type { Source } from './node.ts'
import { problemBlock } from './problem-text.ts'

/** What `mongowatch check-config` prints. */
export interface CheckedConfigText {
  readonly text: string
  /** False when there is a mistake. */
  readonly ok: boolean
}

/**
 * Checks these files or texts together, or without any the files that a
 * process started here would read.
 */
export function checkConfig(
  files: readonly (string | Source)[],
  options: LoadOptions = {},
): CheckedConfigText {
  const loaded =
    files.length > 0
      ? loadFiles(files, options.env, 'thorough')
      : loadSettings({ ...options, scope: 'thorough' })
  const { problems } = loaded
  const blocks = problems.map(problemBlock)
  const mistakes = problems.filter(problem => !problem.isWarning).length
  const count =
    mistakes === 0
      ? praise(loaded, options)
      : `${mistakes} mistake${mistakes === 1 ? '' : 's'}`
  return { text: [...blocks, count].join('\n\n'), ok: mistakes === 0 }
}

function praise({ settings }: LoadedSettings, options: LoadOptions): string {
  const { files } = settings
  if (files.length > 0)
    return files.map(({ path }) => `${path}: no mistakes`).join('\n')
  const places = placesOf(options).map(place => `  ${place}`)
  return [
    'No configuration file, the defaults are used. The places are:',
    ...places,
  ].join('\n')
}
