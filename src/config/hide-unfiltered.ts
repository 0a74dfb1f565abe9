import type { CheckedConfig } from './build-settings.ts'
import { findNode } from './config-url.ts'
import type { ConfigNode } from './node.ts'
import { standIn } from './stand-in.ts'

/** No filter of a configuration is called so. */
const HIDES_ALL = '(stands in for filters)'

/**
 * Handlers whose `filters` are no list of names get one that hides all
 * values: the filters that were meant might have hidden something.
 */
export function hideUnfiltered(
  config: CheckedConfig,
  root: ConfigNode,
): CheckedConfig {
  let isNeeded = false
  const repaired = (section: 'handlers' | 'transports') =>
    Object.fromEntries(
      Object.entries(config[section] ?? {}).map(([name, handler]) => {
        if (!isWrong(findNode(root, [section, name, 'filters']).node)) {
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

function isWrong(node: ConfigNode | undefined): boolean {
  if (node === undefined) return false
  if (node.kind === 'map') return true
  if (node.kind === 'scalar')
    return node.value !== null || node.problem !== undefined
  return node.items.some(
    item => item.kind !== 'scalar' || typeof item.value !== 'string',
  )
}
