import { meantShape } from './meant-shape.ts'
import { nearestName } from './nearest.ts'
import type { ConfigNode, ConfigPath } from './node.ts'
import { resolveRef, type Schema, type SchemaOrBoolean } from './schema.ts'

/** The known key that an unknown one most likely means. */
export interface MeantKey {
  /** `loggers.mongowatch` for one that stands a level too high. */
  readonly name: string | undefined
  /** For what stands below it, when that can be said. */
  readonly schema: SchemaOrBoolean
  /** What would have the key: `class: otlp`. */
  readonly hint?: string | undefined
}

type Part = readonly [key: string, schema: SchemaOrBoolean]

/** Looks among the keys that may stand here, then among those one level down. */
export function meantKey(
  key: string,
  schemas: readonly Schema[],
  root: Schema,
): MeantKey | undefined {
  const here = schemas.flatMap(partsOf)
  const own = here.find(([each]) => each === key)
  if (own !== undefined)
    return {
      name: undefined,
      schema: own[1],
      hint: holders(key, schemas, root),
    }
  return nearest(key, here) ?? nearestInside(key, here, root) ?? alike(here)
}

/** What to write where something of another form is expected. */
export function shapeHint(
  node: ConfigNode,
  schema: Schema,
  path: ConfigPath,
): string | undefined {
  const keys = partsOf(schema).map(([key]) => key)
  return meantShape(node, schema, path, keys)
}

/** A key that is right beside another `class` or `type`. */
function holders(
  key: string,
  schemas: readonly Schema[],
  root: Schema,
): string | undefined {
  const all = schemas.flatMap(schema => choicesWith(key, schema, root))
  if (all.length === 0) return undefined
  return `it belongs to ${[...new Set(all)].join(', ')}`
}

function choicesWith(
  key: string,
  schema: SchemaOrBoolean,
  root: Schema,
): string[] {
  if (typeof schema === 'boolean' || schema.if === undefined) return []
  const chosen = resolved(schema.then ?? true, root)
  const has = partsOf(chosen).some(([each]) => each === key)
  const others = choicesWith(key, schema.else ?? true, root)
  const isChoice = Object.hasOwn(schema.if.properties ?? {}, key)
  return has && !isChoice ? [choiceText(schema.if), ...others] : others
}

function choiceText({ properties = {}, required = [] }: Schema): string {
  const [[name, choice] = []] = Object.entries(properties)
  if (name === undefined || typeof choice !== 'object')
    return required.map(each => `${each}:`).join(', ')
  return `${name}: ${[choice.const ?? choice.enum].flat().join(' or ')}`
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
