import { isDefault } from './hidden-default.ts'
import type { LoadedSettings } from './load-settings.ts'
import { type ConfigProblem, problemAt } from './problem.ts'
import type { Settings } from './settings.ts'

/**
 * What a program that writes a file in several steps leaves for a moment: no
 * mistake in YAML, and yet not meant. It would end the audit, or bring it onto
 * the application's stderr.
 */
export function cutShort(
  inForce: Settings,
  { settings, empty = [] }: LoadedSettings,
): ConfigProblem[] {
  const emptied = settings.files.filter(
    ({ path, digest }) =>
      empty.includes(path) &&
      inForce.files.some(file => file.path === path && file.digest !== digest),
  )
  const problems: ConfigProblem[] = emptied.map(({ path }) => ({
    ...problemAt(undefined, [], 'Nothing stands in this file any more'),
    file: path,
  }))
  const isBare = !isDefault(inForce) && isDefault(settings)
  if (isBare && problems.length === 0)
    problems.push(problemAt(undefined, ['handlers'], NO_HANDLERS, WRITE_ONE))
  return problems
}

const NO_HANDLERS = 'No file names a handler any more'
const WRITE_ONE = {
  hint: 'if records are to go to stderr, write {console: {class: console}}',
}
