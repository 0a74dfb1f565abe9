import { nearestName } from './nearest.ts'
import { resolveRef, type Schema, type SchemaOrBoolean } from './schema.ts'

/** The known key that an unknown one most likely means. */
export interface MeantKey {
  /** `loggers.mongowatch` for one that stands a level too high. */
  readonly name: string | undefined
  /** For what stands below it, when that can be said. */
  readonly schema: SchemaOrBoolean
}

type Part = readonly [name: string, schema: SchemaOrBoolean]

/** Looks among the keys that may stand here, then among those one level down. */
export function meantKey(
  key: string,
  schemas: readonly Schema[],
  root: Schema,
): MeantKey | undefined {
  const here = schemas.flatMap(partsOf)
  const inside = () =>
    here.flatMap(([name, schema]) =>
      partsOf(resolved(schema, root)).map(
        ([inner, part]): Part => [`${name}.${inner}`, part],
      ),
    )
  return nearest(key, here) ?? nearest(key, inside()) ?? alike(here)
}

function partsOf(schema: SchemaOrBoolean): Part[] {
  if (typeof schema === 'boolean') return []
  const { properties = {}, anyOf = [], else: otherwise = true } = schema
  const options = [...anyOf, otherwise].flatMap(partsOf)
  return [...Object.entries(properties), ...options]
}

function resolved(schema: SchemaOrBoolean, root: Schema): SchemaOrBoolean {
  if (typeof schema === 'boolean' || schema.$ref === undefined) return schema
  return resolveRef(root, schema.$ref)
}

function nearest(key: string, parts: readonly Part[]): MeantKey | undefined {
  const byLast = new Map(
    parts.map(([name, schema]) => [lastOf(name), { name, schema }]),
  )
  const found = nearestName(key, byLast.keys())
  return found === undefined ? undefined : byLast.get(found)
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

/** Where every key names the same kind of thing, an unknown one does too. */
function alike(parts: readonly Part[]): MeantKey | undefined {
  const [[, schema] = [], ...others] = parts
  const isAlike = ([, other]: Part) =>
    JSON.stringify(other) === JSON.stringify(schema)
  return schema !== undefined && others.every(isAlike)
    ? { name: undefined, schema }
    : undefined
}
