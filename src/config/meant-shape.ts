import type { ConfigNode, ConfigPath, ListNode } from './node.ts'
import type { Schema } from './schema.ts'

/** The key that a text most likely is meant for, by section. */
const FIRST_KEYS: Readonly<Record<string, string>> = {
  filters: 'when',
  formatters: 'format',
  handlers: 'class',
  transports: 'class',
}

/**
 * What to write instead of a list, a map or nothing that stands where
 * something of another form is expected: most often it is a level too far
 * left.
 *
 * @param keys - what the map that is expected can hold
 */
export function meantShape(
  node: ConfigNode,
  schema: Schema,
  path: ConfigPath,
  keys: readonly string[],
): string | undefined {
  const types = [schema.type].flat()
  if (types.includes('array')) return insteadOfList(node, schema)
  if (!types.includes('object')) return undefined
  const key = String(path.at(-1))
  if (path.length > 1 && keys.includes(key))
    return `${key} belongs to what is named above it: indent it further`
  if (node.kind === 'list') return insteadOfMap(node, schema, path)
  if (node.kind === 'map' || path.length < 2) return undefined
  if (node.value === null) return 'what belongs to it is indented further'
  const text = String(node.value)
  if (path.length === 2 && typesIn(schema).includes(text))
    return `write {type: ${text}}`
  const first = firstKey(path)
  return first && `write {${keys.includes(text) ? text : first}: …}`
}

/** What `type` can be: the last of the choices lists them all. */
function typesIn(schema: Schema): readonly unknown[] {
  if (typeof schema.else === 'object') return typesIn(schema.else)
  const type = schema.properties?.type
  return (typeof type === 'object' && type.enum) || []
}

function firstKey(path: ConfigPath): string | undefined {
  return path.length === 2 ? FIRST_KEYS[String(path[0])] : undefined
}

function insteadOfList(node: ConfigNode, schema: Schema): string | undefined {
  if (node.kind === 'list') return undefined // its items are wrong
  const section = schema.items?.['x-refers']
  if (node.kind === 'map')
    return section && `only their names are here, they stand under ${section}`
  const mayBeEmpty = node.value === null && (schema.minItems ?? 0) === 0
  return mayBeEmpty ? 'leave it out, or write []' : 'write […]'
}

function insteadOfMap(
  { items }: ListNode,
  { additionalProperties, properties = {} }: Schema,
  path: ConfigPath,
): string {
  if (path.length === 0) return 'a file is a map of sections, without "- "'
  const areNames = items.every(item => item.kind === 'scalar')
  if (areNames && path[0] === 'loggers')
    return path.length === 1
      ? 'write {mongowatch: {handlers: […]}}'
      : 'write {handlers: […]}'
  if (typeof additionalProperties === 'object')
    return 'each of them has a name: write NAME: {…} without "- "'
  const isQuery = ['match', 'exclude'].includes(String(path.at(-1)))
  const [first = firstKey(path) ?? (isQuery ? 'DB' : 'NAME')] =
    Object.keys(properties)
  return `write its keys without "- ", such as ${first}:`
}
