import type { CheckedConfig } from './build-settings.ts'
import { checkAddresses } from './check-addresses.ts'
import { keysOf } from './check-names.ts'
import { findNode } from './config-url.ts'
import type { ConfigNode } from './node.ts'
import { type ConfigProblem, problemAt } from './problem.ts'

/** `sockaddr_un` of Linux has 108 bytes, the last one is 0. */
const MOST_PATH_BYTES = 107

/** Finds what is wrong with handlers beyond the schema. */
export function checkHandlers(
  config: CheckedConfig,
  root: ConfigNode,
): ConfigProblem[] {
  const { handlers, transports } = config
  return [
    ...twice(root),
    ...checkAddresses(config, root),
    ...longPaths('handlers', handlers, root),
    ...longPaths('transports', transports, root),
  ]
}

/** `handlers` and `transports` are one section. */
function twice(root: ConfigNode): ConfigProblem[] {
  const names = new Set(keysOf(root, ['handlers']))
  if (root.kind !== 'map' || names.size === 0) return []
  const section = root.entries.get('transports')?.node
  if (section?.kind !== 'map') return []
  return [...section.entries]
    .filter(([name]) => names.has(name))
    .map(([name, { keyPlace }]) =>
      problemAt(
        keyPlace,
        ['transports', name],
        'The same name in handlers and transports, which are one section',
        { hint: 'this one is used' },
      ),
    )
}

/** The schema counts characters, the system counts bytes. */
function longPaths(
  section: 'handlers' | 'transports',
  handlers: CheckedConfig['handlers'],
  root: ConfigNode,
): ConfigProblem[] {
  return Object.entries(handlers ?? {}).flatMap(([name, { path }]) => {
    const bytes = typeof path === 'string' ? Buffer.byteLength(path) : 0
    if (bytes <= MOST_PATH_BYTES) return []
    const at = [section, name, 'path']
    const message = `Expected a path of 1 to ${MOST_PATH_BYTES} bytes, which is all that the address of a socket holds, got one of ${bytes}`
    return [problemAt(findNode(root, at).node?.place, at, message)]
  })
}
