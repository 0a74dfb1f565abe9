import { DEFAULT_HANDLERS } from './defaults.ts'
import type { ConfigNode } from './node.ts'
import type { ConfigProblem } from './problem.ts'
import { loadSchema } from './schema.ts'
import type { Settings } from './settings.ts'
import { HIDES_ALL, standIn } from './stand-in.ts'

/** True for settings in which no handler is named: the default one is used. */
export function isDefault({ handlers }: Settings): boolean {
  return handlers.console?.options === DEFAULT_HANDLERS.console?.options
}

/**
 * The default handler in place of handlers that could not be read: what they
 * were to hide nobody knows, so it hides all values.
 */
export function hiddenDefault(settings: Settings): Settings {
  const handlers = Object.entries(settings.handlers).map(
    ([name, handler]) => [name, { ...handler, filters: [HIDES_ALL] }] as const,
  )
  return {
    ...settings,
    handlers: Object.fromEntries(handlers),
    filters: { ...settings.filters, [HIDES_ALL]: standIn([]) },
  }
}

/**
 * True when handlers may have been meant, and none of them can be used: there
 * are mistakes, and a part that could not be read or has a name that nobody
 * knows may have been the handlers.
 *
 * @param ofReading - of files and their syntax
 * @param ofCheck - of what was read
 */
export function mayHide(
  root: ConfigNode,
  ofReading: readonly ConfigProblem[],
  ofCheck: readonly ConfigProblem[],
): boolean {
  if (ofReading.some(({ path }) => path === '' || HANDLERS.test(path)))
    return true
  if (ofReading.length + ofCheck.length === 0) return false
  if (root.kind !== 'map') return true
  const known = loadSchema().properties ?? {}
  return [...root.entries].some(([key, { node }]) =>
    HANDLERS.test(key) || !Object.hasOwn(known, key)
      ? holds(node)
      : hasHandlers(node),
  )
}

const HANDLERS = /^(handler|transport)s?\b/i

/** Handlers that stand too deep; those of a logger are a list of names. */
function hasHandlers(node: ConfigNode): boolean {
  if (node.kind !== 'map') return false
  return [...node.entries].some(([key, { node: part }]) =>
    HANDLERS.test(key) ? part.kind === 'map' && holds(part) : hasHandlers(part),
  )
}

function holds(node: ConfigNode): boolean {
  if (node.kind === 'map') return node.entries.size > 0
  if (node.kind === 'list') return true
  return (node.value ?? node.problem ?? null) !== null
}
