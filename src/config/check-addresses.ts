import type { CheckedConfig } from './build-settings.ts'
import { findNode } from './config-url.ts'
import type { ConfigNode, ConfigPath } from './node.ts'
import { placeWithin } from './place-within.ts'
import { type ConfigProblem, problemAt } from './problem.ts'
import type { Plain } from './settings.ts'

/** A token of HTTP, and what a value may hold; Node refuses the rest. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/
const PORT = /^https?:\/\/[^/?#]*:(\d+)(?=[/?#]|$)/i

const PATHS: readonly (readonly string[])[] = [
  ['filename'],
  ['path'],
  ['spool', 'directory'],
  ['tls', 'ca'],
  ['tls', 'cert'],
  ['tls', 'key'],
]

/**
 * Finds addresses, headers and paths that no system takes. What they hold may
 * be secret: it is not shown.
 */
export function checkAddresses(
  { handlers, transports }: CheckedConfig,
  root: ConfigNode,
): ConfigProblem[] {
  return Object.entries({ handlers, transports }).flatMap(([section, parts]) =>
    Object.entries(parts ?? {}).flatMap(([name, handler]) => [
      ...wrongEndpoint(handler, [section, name, 'endpoint'], root),
      ...wrongHeaders(handler, [section, name, 'headers'], root),
      ...wrongPaths(handler, [section, name], root),
    ]),
  )
}

function wrongEndpoint(
  { endpoint }: Plain,
  path: ConfigPath,
  root: ConfigNode,
): ConfigProblem[] {
  if (typeof endpoint !== 'string') return []
  const [, port] = PORT.exec(endpoint) ?? []
  const isPort = port === undefined || (+port >= 1 && +port <= 65_535)
  if (isPort && URL.canParse(endpoint)) return []
  const { place } = findNode(root, path).node ?? {}
  return isPort
    ? [problemAt(place, path, 'Expected an address that can be read')]
    : [
        problemAt(
          placeWithin(place, port),
          path,
          'Expected a port from 1 to 65535', // its digits may be a password
        ),
      ]
}

function wrongHeaders(
  { headers }: Plain,
  path: ConfigPath,
  root: ConfigNode,
): ConfigProblem[] {
  const { node } = findNode(root, path)
  if (node?.kind !== 'map') return []
  return Object.entries(Object(headers)).flatMap(([name, value]) => {
    const entry = node.entries.get(name)
    const at = [...path, name]
    if (!HEADER_NAME.test(name))
      return [problemAt(entry?.keyPlace, at, NO_HEADER_NAME)]
    if (HEADER_VALUE.test(String(value))) return []
    return [problemAt(entry?.node.place, at, NO_HEADER_VALUE)]
  })
}

const NO_HEADER_NAME =
  "Expected the name of a header: letters, digits and !#$%&'*+-.^_`|~"
const NO_HEADER_VALUE =
  'Expected the value of a header: no line ends or other control characters, and nothing beyond Latin-1'

function wrongPaths(
  handler: Plain,
  above: ConfigPath,
  root: ConfigNode,
): ConfigProblem[] {
  return PATHS.flatMap(keys => {
    const value = keys.reduce<unknown>(
      (part, key) => Object(part)[key],
      handler,
    )
    if (typeof value !== 'string' || !value.includes('\0')) return []
    const path = [...above, ...keys]
    const { place } = findNode(root, path).node ?? {}
    return [problemAt(place, path, 'Expected a path without NUL characters')]
  })
}
