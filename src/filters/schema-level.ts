/**
 * Where in a `$jsonSchema` a key stands: among keywords of JSON Schema, or
 * among the names of fields that `properties` lists.
 */
export type SchemaLevel = 'keywords' | 'names'

/** Keywords whose keys are names of fields, or patterns for them. */
const OF_NAMES = new Set(['properties', 'patternProperties', 'dependencies'])

/** Keywords that hold schemas of the same or a deeper value. */
const OF_SCHEMAS = new Set([
  ...['items', 'additionalItems', 'additionalProperties'],
  ...['allOf', 'anyOf', 'oneOf', 'not'],
])

/** The level of what stands under a key; undefined outside of schemas. */
export function levelBelow(
  level: SchemaLevel | undefined,
  key: string,
): SchemaLevel | undefined {
  if (level === undefined) return key === '$jsonSchema' ? 'keywords' : undefined
  if (level === 'names' || OF_SCHEMAS.has(key)) return 'keywords'
  return OF_NAMES.has(key) ? 'names' : undefined
}
