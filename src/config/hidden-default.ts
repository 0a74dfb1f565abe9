import { DEFAULT_HANDLERS } from './defaults.ts'
import type { ConfigNode } from './node.ts'
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

/** True when a configuration has handlers, or none of it could be read. */
export function meantHandlers(root: ConfigNode | undefined): boolean {
  if (root?.kind !== 'map') return true
  return ['handlers', 'transports'].some(section => {
    const node = root.entries.get(section)?.node
    if (node?.kind === 'map') return node.entries.size > 0
    if (node?.kind === 'list') return true
    return node !== undefined && (node.value ?? node.problem ?? null) !== null
  })
}
