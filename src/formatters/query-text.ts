import { jsonText } from '../record/json-text.ts'

const VALUE = '?'

/** Extended JSON's types: one value each. */
const TYPED =
  /^\$(?:oid|date|number\w+|binary|uuid|timestamp|symbol|code|regularExpression|minKey|maxKey|undefined|ref|truncated|omitted)$/

/**
 * A query without its values, as OpenTelemetry asks for `db.query.text`: each
 * literal is `?`, a list of literals a single one.
 */
export function queryText(query: unknown): string {
  return jsonText(placeholders(query))
}

function placeholders(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return VALUE
  if (Array.isArray(value)) return list(value)
  const keys = Object.keys(value)
  if (keys.some(key => TYPED.test(key))) return VALUE
  const copy = Object.create(null)
  for (const key of keys) copy[key] = placeholders(Reflect.get(value, key))
  return copy
}

function list(values: readonly unknown[]): unknown[] {
  const parts = values.map(placeholders)
  return parts.every(part => part === VALUE) ? parts.slice(0, 1) : parts
}
