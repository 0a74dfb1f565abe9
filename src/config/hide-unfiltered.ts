import type { CheckedConfig } from './build-settings.ts'
import { findNode } from './config-url.ts'
import { nearestName } from './nearest.ts'
import type { ConfigNode, MapNode } from './node.ts'
import { HIDES_ALL, standIn } from './stand-in.ts'

/**
 * Handlers whose `filters` are no list of names, are misspelled or stand in
 * their logger get one that hides all values: the filters that were meant
 * might have hidden something.
 */
export function hideUnfiltered(
  config: CheckedConfig,
  root: ConfigNode,
): CheckedConfig {
  let isNeeded = false
  const isFiltered = filteredByLogger(root)
  const repaired = (section: 'handlers' | 'transports') =>
    Object.fromEntries(
      Object.entries(config[section] ?? {}).map(([name, handler]) => {
        const { node } = findNode(root, [section, name])
        const isWrong = node?.kind === 'map' && areWrong(node.entries)
        if (!isWrong && !isFiltered(name)) return [name, handler]
        isNeeded = true
        return [name, { ...handler, filters: [HIDES_ALL] }]
      }),
    )
  const handlers = repaired('handlers')
  const transports = repaired('transports')
  if (!isNeeded) return config
  const filters = { ...config.filters, [HIDES_ALL]: standIn([]) }
  return { ...config, handlers, transports, filters }
}

/** Tells the handlers whose logger has filters, which no logger can have. */
function filteredByLogger(root: ConfigNode): (handler: string) => boolean {
  const { node: loggers } = findNode(root, ['loggers'])
  if (loggers?.kind !== 'map') return () => false
  const handlers = [...loggers.entries.values()].flatMap(({ node }) => {
    if (node.kind !== 'map' || !hasFilters(node.entries)) return []
    return [node.entries.get('handlers')?.node]
  })
  // a logger without a list of its own writes to all
  return name =>
    handlers.some(
      list =>
        list?.kind !== 'list' ||
        list.items.some(item => item.kind === 'scalar' && item.value === name),
    )
}

function hasFilters(entries: MapNode['entries']): boolean {
  return [...entries].some(([key, { node }]) => {
    if (nearestName(key, ['handlers', 'filters']) !== 'filters') return false
    if (node.kind === 'scalar')
      return node.value !== null || node.problem !== undefined
    return node.kind === 'map' || node.items.length > 0
  })
}

function areWrong(entries: MapNode['entries']): boolean {
  const filters = entries.get('filters')
  if (filters !== undefined) return isWrong(filters.node)
  return [...entries.keys()].some(
    key => nearestName(key, ['filename', 'filters']) === 'filters',
  )
}

function isWrong(node: ConfigNode | undefined): boolean {
  if (node === undefined) return false
  if (node.kind === 'map') return true
  if (node.kind === 'scalar')
    return node.value !== null || node.problem !== undefined
  return node.items.some(
    item => item.kind !== 'scalar' || typeof item.value !== 'string',
  )
}
