import type { CheckedConfig } from './build-settings.ts'
import { findNode } from './config-url.ts'
import { nearestName } from './nearest.ts'
import type { ConfigNode, MapNode } from './node.ts'
import { standIn } from './stand-in.ts'

/** No filter of a configuration is called so. */
const HIDES_ALL = '(stands in for filters)'

/**
 * Handlers whose `filters` are no list of names, or are misspelled, get one
 * that hides all values: the filters that were meant might have hidden
 * something.
 */
export function hideUnfiltered(
  config: CheckedConfig,
  root: ConfigNode,
): CheckedConfig {
  let isNeeded = false
  const repaired = (section: 'handlers' | 'transports') =>
    Object.fromEntries(
      Object.entries(config[section] ?? {}).map(([name, handler]) => {
        const { node } = findNode(root, [section, name])
        if (node?.kind !== 'map' || !areWrong(node.entries)) {
          return [name, handler]
        }
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
