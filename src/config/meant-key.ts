import { nearestName } from './nearest.ts'
import { resolveRef, type Schema, type SchemaOrBoolean } from './schema.ts'

/** The known key that an unknown one most likely means. */
export interface MeantKey {
  /** `loggers.mongowatch` for one that stands a level too high. */
  readonly name: string | undefined
  /** For what stands below it, when that can be said. */
  readonly schema: SchemaOrBoolean
}

type Part = readonly [key: string, schema: SchemaOrBoolean]

/** Looks among the keys that may stand here, then among those one level down. */
export function meantKey(
  key: string,
  schemas: readonly Schema[],
  root: Schema,
): MeantKey | undefined {
  const here = schemas.flatMap(partsOf)
  return nearest(key, here) ?? nearestInside(key, here, root) ?? alike(here)
}

function partsOf(schema: SchemaOrBoolean): Part[] {
  if (typeof schema === 'boolean') return []
  const { properties = {}, anyOf = [], else: otherwise = true } = schema
  const options = [...anyOf, otherwise].flatMap(partsOf)
  return [...Object.entries(properties), ...options]
}

function nearest(key: string, parts: readonly Part[]): MeantKey | undefined {
  const name = nearestName(
    key,
    parts.map(([each]) => each),
  )
  const [, schema] = parts.find(([each]) => each === name) ?? []
  return schema === undefined ? undefined : { name, schema }
}

function nearestInside(
  key: string,
  parts: readonly Part[],
  root: Schema,
): MeantKey | undefined {
  const all = parts.flatMap(([above, schema]) =>
    partsOf(resolved(schema, root)).map(part => ({ above, part })),
  )
  const found = nearest(
    key,
    all.map(({ part }) => part),
  )
  const above = all.find(({ part }) => part[0] === found?.name)?.above
  return found && { ...found, name: `${above}.${found.name}` }
}

function resolved(schema: SchemaOrBoolean, root: Schema): SchemaOrBoolean {
  if (typeof schema === 'boolean' || schema.$ref === undefined) return schema
  return resolveRef(root, schema.$ref)
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
