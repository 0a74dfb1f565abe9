import { brokenAssertion, gotText, oneOf, quoted } from './assertions.ts'
import { FILES } from './check-lazy.ts'
import { MOST_SUGGESTIONS, suggestName } from './nearest.ts'
import { nearestQuantity } from './nearest-quantity.ts'
import type { ConfigNode, ConfigPath, MapNode, Place } from './node.ts'
import { type ConfigProblem, type ProblemDetail, problemAt } from './problem.ts'
import type { Schema, SchemaOrBoolean } from './schema.ts'

/** Where a key stands. */
export interface At {
  readonly place: Place | undefined
  readonly path: ConfigPath
  /** What the key names. */
  readonly node: ConfigNode
}

/** False, and told, when a node breaks a keyword of a schema. */
export function assertValue(
  node: ConfigNode,
  schema: Schema,
  path: ConfigPath,
  problems: ConfigProblem[],
): boolean {
  const expected = brokenAssertion(node, schema)
  if (expected === undefined) return true
  const nearest =
    nearestOf(node, namesIn(schema), problems) ??
    (node.kind === 'scalar' && node.written === undefined
      ? nearestQuantity(node.value, schema)
      : undefined)
  const hint =
    problems.length < MOST_SUGGESTIONS
      ? FILES.meantKey().shapeHint(node, schema, path)
      : undefined
  const detail = { nearest, ...(hint && { hint }) }
  problems.push(mismatch(node, path, expected, detail))
  return false
}

/** What was expected and what came. */
export function mismatch(
  node: ConfigNode,
  path: ConfigPath,
  expected: string,
  detail: ProblemDetail,
): ConfigProblem {
  const message = `Expected ${expected}, got ${gotText(node)}`
  return problemAt(node.place, path, message, { ...origin(node), ...detail })
}

/** What a `cfg://…` leads to is named beside the place where it stands. */
function origin({ from }: ConfigNode): ProblemDetail {
  if (from === undefined) return {}
  const { line, column, source } = from
  return { hint: `the value is on line ${line}:${column} of ${source.path}` }
}

/** True when a schema speaks of the keys of a map. */
export function hasParts(schema: Schema): boolean {
  return (
    schema.properties !== undefined || schema.additionalProperties !== undefined
  )
}

function hasOwn(object: object | undefined, key: string): boolean {
  return object !== undefined && Object.hasOwn(object, key)
}

/** True when a key is named by one of the schemas. */
export function isKnown(schemas: readonly Schema[], key: string): boolean {
  return schemas.some(schema => hasOwn(schema.properties, key))
}

/** The schemas for what a key names. */
export function partSchemas(schema: Schema, key: string): SchemaOrBoolean[] {
  const own = hasOwn(schema.properties, key)
    ? schema.properties?.[key]
    : schema.additionalProperties
  return own === undefined ? [] : [own]
}

/** Tells the required keys that are not there; true when there are some. */
export function tellLost(
  node: MapNode,
  required: readonly string[],
  path: ConfigPath,
  problems: ConfigProblem[],
): boolean {
  const lost = required.filter(key => !node.entries.has(key))
  for (const key of lost)
    problems.push(problemAt(node.place, path, `Expected the key ${key}`))
  return lost.length > 0
}

/**
 * Tells a key that may not be there: the schemas by which what it names can
 * be looked at all the same. Undefined when the key may be there.
 */
export function refusedKey(
  { place, path, node }: At,
  wanted: readonly SchemaOrBoolean[],
  schemas: readonly Schema[],
  root: Schema,
  problems: ConfigProblem[],
): readonly SchemaOrBoolean[] | undefined {
  const key = String(path.at(-1))
  for (const { propertyNames } of schemas) {
    if (propertyNames === undefined) continue
    const name: ConfigNode = { kind: 'scalar', place, value: key }
    if (!assertValue(name, propertyNames, path, problems)) return wanted
  }
  if (!wanted.includes(false)) return undefined
  if (node.kind === 'scalar' && node.problem !== undefined) {
    problems.push(node.problem) // says more than that nobody knows the key
    return []
  }
  const names = schemas.flatMap(schema => Object.keys(schema.properties ?? {}))
  const hasMany = problems.length >= MOST_SUGGESTIONS
  const meant = hasMany
    ? undefined
    : FILES.meantKey().meantKey(key, schemas, root)
  problems.push(
    problemAt(
      place,
      path,
      `Unknown key ${quoted(key)}, expected ${oneOf(names)}`,
      { nearest: meant?.name, hint: meant?.hint },
    ),
  )
  return meant === undefined ? [] : [meant.schema]
}

/** The names a schema takes. */
export function namesIn(schema: Schema): string[] {
  const names = schema['x-names'] ?? schema.enum ?? [schema.const]
  return names.filter(name => typeof name === 'string')
}

/** The nearest of some names to a text. */
export function nearestOf(
  node: ConfigNode,
  names: readonly string[],
  problems: readonly ConfigProblem[],
): string | undefined {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return undefined
  return suggestName(problems, node.value, names)
}

/** `max_bytes` as `maxBytes`. */
export function camelCase(key: string): string {
  return key.replaceAll(/_([a-z])/g, (_, letter: string) =>
    letter.toUpperCase(),
  )
}
