import { systemClock } from '../clock.ts'
import { checkFilter } from '../filters/create-filter.ts'
import { FILES as FILTER_FILES } from '../filters/lazy.ts'
import { createFormatter } from '../formatters/create-formatter.ts'
import { quoted } from './assertions.ts'
import type { CheckedConfig } from './build-settings.ts'
import { checkIntegrity } from './check-integrity.ts'
import { FILES } from './check-lazy.ts'
import { findNode } from './config-url.ts'
import type { FilterPiece } from './filter-pieces.ts'
import type { ConfigNode, ConfigPath } from './node.ts'
import { placeAt, placeWithin } from './place-within.ts'
import { type ConfigProblem, problemAt } from './problem.ts'
import type { Plain } from './settings.ts'
import { standIn } from './stand-in.ts'
import type { TextMistake } from './text-mistakes.ts'

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
  const hasMany = () => problems.length >= MANY
  const tell: Tell = (path, mistake) => {
    const node = nodeOrAbove(root, path)
    problems.push(
      node.kind === 'scalar' && node.written !== undefined
        ? problemAt(node.place, path, hiddenMistake(node.written))
        : visibleMistake(node, path, mistake, problems),
    )
  }
  const usable = {
    formatters: checkFormatters(config.formatters ?? {}, tell, hasMany),
    filters: checkFilters(config.filters ?? {}, isChecked, tell, hasMany),
    watchers: checkExcludes(config.watchers ?? {}, tell, hasMany),
    ...checkHandlers(config, tell),
  }
  return { config: { ...config, ...usable }, problems }
}

/** Of more problems not every detail is looked for: it would take time. */
const MANY = 100

/** A key with a dot in it is found too: the nearest node above then. */
function nodeOrAbove(root: ConfigNode, path: ConfigPath): ConfigNode {
  for (let length = path.length; length > 0; length--) {
    const { node } = findNode(root, path.slice(0, length))
    if (node !== undefined) return node
  }
  return root
}

/** Libraries quote what they cannot read, in pieces too. */
function hiddenMistake(written: string): string {
  return `What ${quoted(written)} stands for cannot be used, and is not shown`
}

/** Where a mistake of a text is, as nearly as can be said. */
function visibleMistake(
  node: ConfigNode,
  path: ConfigPath,
  { message, piece, at, where = '', nearest }: TextMistake,
  problems: readonly ConfigProblem[],
): ConfigProblem {
  const text = node.kind === 'scalar' ? String(node.value) : ''
  const exact =
    at === undefined
      ? undefined
      : placeAt(node.place, text, at, piece?.length ?? 1)
  const place = exact ?? placeWithin(node.place, piece)
  return problemAt(place, path, exact ? message : where + message, {
    nearest:
      problems.length < MANY
        ? (nearest ?? FILES.nearestMeant().nearestMeant(message, problems))
        : nearest,
  })
}

type Tell = (path: ConfigPath, mistake: TextMistake) => void

function checkFilters(
  filters: NonNullable<CheckedConfig['filters']>,
  isChecked: (filter: string) => boolean,
  tell: Tell,
  hasMany: () => boolean,
): Record<string, Plain> {
  const usable: Record<string, Plain> = {}
  for (const [name, filter] of Object.entries(filters)) {
    usable[name] = filter
    if (!isChecked(name)) continue
    if (filter.module !== undefined) continue // run when it is first used
    const mistake = mistakeIn(name, filter)
    if (mistake === undefined) continue
    const [kind = ''] = Object.keys(filter)
    const at = ['filters', name]
    if (typeof filter.when === 'string')
      tellExpression(filter, at, tell, hasMany() ? 1 : undefined)
    else if (
      hasMany() ||
      !tellAll(FILES.filterPieces().filterPieces(filter), at, tell, hasMany)
    )
      tell([...at, kind], { message: mistake })
    usable[name] = standIn(Object.keys(filter))
  }
  return usable
}

function tellExpression(
  filter: Plain,
  at: ConfigPath,
  tell: Tell,
  most?: number,
): void {
  const check = (when: string) => mistakeIn('', { ...filter, when })
  const { expressionMistakes } = FILES.expressionMistakes()
  for (const found of expressionMistakes(String(filter.when), check, most))
    tell([...at, 'when'], found)
}

function mistakeIn(name: string, filter: Plain): string | undefined {
  const mistake = checkFilter(name, filter, { clock: systemClock })
  return mistake && capital(mistake.replace(/^the filter .*? \(\w+\): /, ''))
}

/** Tells the mistake of each piece; false when none has one by itself. */
function tellAll(
  pieces: readonly FilterPiece[],
  above: ConfigPath,
  tell: Tell,
  hasMany: () => boolean,
): boolean {
  let isTold = false
  for (const { path, settings } of pieces) {
    if (hasMany()) break
    const mistake = mistakeIn('', settings)
    if (mistake === undefined) continue
    tell([...above, ...path], { message: mistake })
    isTold = true
  }
  return isTold
}

function checkFormatters(
  formatters: NonNullable<CheckedConfig['formatters']>,
  tell: Tell,
  hasMany: () => boolean,
): Record<string, Plain> {
  const usable: Record<string, Plain> = {}
  for (const [name, formatter] of Object.entries(formatters)) {
    const check = (format: unknown) =>
      mistakeOf(() => {
        const settings = { ...formatter, ...(format ? { format } : {}) }
        createFormatter(settings, { defaultFields: () => [] })
      })
    const text = String(formatter.format ?? '')
    const message = check(text)
    if (message === undefined) {
      usable[name] = formatter
      continue
    }
    const told = hasMany()
      ? [{ message }]
      : FILES.textMistakes().templateMistakes(text, check)
    for (const mistake of told) tell(['formatters', name, 'format'], mistake)
  }
  return usable
}

/** Both names of the section; the one that is absent stays so. */
function checkHandlers(
  { handlers, transports, formatters }: CheckedConfig,
  tell: Tell,
): Pick<CheckedConfig, 'handlers' | 'transports'> {
  const check = (section: 'handlers' | 'transports', value = {}) =>
    checkIntegrity(value, formatters, (name, key, message) =>
      tell([section, name, key], { message }),
    )
  return {
    ...(handlers && { handlers: check('handlers', handlers) }),
    ...(transports && { transports: check('transports', transports) }),
  }
}

function checkExcludes(
  watchers: NonNullable<CheckedConfig['watchers']>,
  tell: Tell,
  hasMany: () => boolean,
): NonNullable<CheckedConfig['watchers']> {
  const usable = Object.entries(watchers).map(([name, watcher]) => {
    const { exclude, ...rest } = watcher
    if (exclude === undefined) return [name, watcher]
    const mistake = mistakeOf(() => {
      FILTER_FILES.match().compileMatch(exclude)
    })
    if (mistake === undefined) return [name, watcher]
    const at = ['watchers', name]
    const pieces = FILES.filterPieces().matchPieces(exclude, ['exclude'])
    if (!tellAll(pieces, at, tell, hasMany))
      tell([...at, 'exclude'], { message: mistake })
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

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
