import { systemClock } from '../clock.ts'
import { checkFilter } from '../filters/create-filter.ts'
import { FILES } from '../filters/lazy.ts'
import { createFormatter } from '../formatters/create-formatter.ts'
import { FIELD_NAMES } from '../record/fields.ts'
import type { CheckedConfig } from './build-settings.ts'
import { findNode } from './config-url.ts'
import { nearestName } from './nearest.ts'
import type { ConfigNode, ConfigPath } from './node.ts'
import { type ConfigProblem, problemAt } from './problem.ts'
import type { Plain } from './settings.ts'
import { standIn } from './stand-in.ts'

/** A configuration whose parts can all be made. */
export interface UsableConfig {
  readonly config: CheckedConfig
  readonly problems: readonly ConfigProblem[]
}

/**
 * Finds what the schema cannot know: an expression, a query or a template
 * that makes no sense. Parts that cannot be made are replaced or left out.
 */
export function checkParts(
  config: CheckedConfig,
  root: ConfigNode,
  isChecked: (filter: string) => boolean,
): UsableConfig {
  const problems: ConfigProblem[] = []
  const tell = (path: ConfigPath, message: string) => {
    const { node } = findNode(root, path)
    const nearest = nearestField(message)
    problems.push(problemAt(node?.place, path, message, { nearest }))
  }
  const usable = {
    formatters: checkFormatters(config.formatters ?? {}, tell),
    filters: checkFilters(config.filters ?? {}, isChecked, tell),
    watchers: checkExcludes(config.watchers ?? {}, tell),
  }
  return { config: { ...config, ...usable }, problems }
}

type Tell = (path: ConfigPath, message: string) => void

function checkFilters(
  filters: NonNullable<CheckedConfig['filters']>,
  isChecked: (filter: string) => boolean,
  tell: Tell,
): Record<string, Plain> {
  const usable: Record<string, Plain> = {}
  for (const [name, filter] of Object.entries(filters)) {
    usable[name] = filter
    if (!isChecked(name)) continue
    if (filter.module !== undefined) continue // run when it is first used
    const mistake = checkFilter(name, filter, { clock: systemClock })
    if (mistake === undefined) continue
    const [kind = ''] = Object.keys(filter)
    const prefix = `the filter ${name} (${kind}): `
    tell(['filters', name, kind], capital(mistake.replace(prefix, '')))
    usable[name] = standIn(Object.keys(filter))
  }
  return usable
}

function checkFormatters(
  formatters: NonNullable<CheckedConfig['formatters']>,
  tell: Tell,
): Record<string, Plain> {
  const usable: Record<string, Plain> = {}
  for (const [name, formatter] of Object.entries(formatters)) {
    const mistake = mistakeOf(() => {
      createFormatter(formatter, { defaultFields: () => [] })
    })
    if (mistake === undefined) usable[name] = formatter
    else tell(['formatters', name, 'format'], mistake)
  }
  return usable
}

function checkExcludes(
  watchers: NonNullable<CheckedConfig['watchers']>,
  tell: Tell,
): NonNullable<CheckedConfig['watchers']> {
  const usable = Object.entries(watchers).map(([name, watcher]) => {
    const { exclude, ...rest } = watcher
    if (exclude === undefined) return [name, watcher]
    const mistake = mistakeOf(() => {
      FILES.match().compileMatch(exclude)
    })
    if (mistake === undefined) return [name, watcher]
    tell(['watchers', name, 'exclude'], mistake)
    return [name, rest]
  })
  return Object.fromEntries(usable)
}

function mistakeOf(make: () => void): string | undefined {
  try {
    make()
    return undefined
  } catch (error) {
    return capital(error instanceof Error ? error.message : String(error))
  }
}

/** What a message about an unknown field should have named. */
function nearestField(message: string): string | undefined {
  const [, unknown, other] =
    /Unknown variable: (\w+)|(\w+) is not a field/.exec(message) ?? []
  const name = unknown ?? other
  return name === undefined ? undefined : nearestName(name, FIELD_NAMES)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
