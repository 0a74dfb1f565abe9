import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGE_FOLDER } from '../package.ts'
import type { Scalar } from './node.ts'

/** The names of JSON Schema's types. */
export type SchemaType =
  | 'object'
  | 'array'
  | 'string'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'null'

/**
 * The part of JSON Schema 2020-12 that etc/mongowatch.schema.json uses, with
 * annotations of ours that begin with `x-`.
 */
export interface Schema {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly title?: string
  readonly description?: string
  readonly default?: unknown
  readonly examples?: readonly unknown[]
  readonly type?: SchemaType | readonly SchemaType[]
  readonly enum?: readonly Scalar[]
  readonly const?: Scalar
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly minItems?: number
  readonly uniqueItems?: boolean
  readonly items?: Schema
  readonly minProperties?: number
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, SchemaOrBoolean>>
  readonly propertyNames?: Schema
  readonly additionalProperties?: SchemaOrBoolean
  readonly anyOf?: readonly Schema[]
  readonly if?: Schema
  readonly then?: Schema
  readonly else?: Schema
  /** Which conversion the value goes through, see `convertScalar`. */
  readonly 'x-convert'?: 'level' | 'size' | 'duration' | 'module'
  /** The section whose names the value is one of. */
  readonly 'x-refers'?: 'formatters' | 'filters' | 'handlers' | 'fields'
  /** What a message says instead of the keywords. */
  readonly 'x-expected'?: string
  /** The names behind a pattern. */
  readonly 'x-names'?: readonly string[]
  /** A mistake in one part makes the whole unusable. */
  readonly 'x-atomic'?: boolean
}

/** A schema; `true` takes everything, `false` nothing. */
export type SchemaOrBoolean = Schema | boolean

/** The published schema, the only source of the checks. */
export const SCHEMA_FILE = join(PACKAGE_FOLDER, 'etc/mongowatch.schema.json')

let loaded: Schema | undefined

/** Reads the schema, once. */
export function loadSchema(): Schema {
  loaded ??= JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')) as Schema
  return loaded
}

/** What a local `$ref` such as `#/$defs/level` names. */
export function resolveRef(root: Schema, ref: string): SchemaOrBoolean {
  if (resolved.root !== root) resolved = { root, parts: new Map() }
  let part = resolved.parts.get(ref)
  if (part === undefined) {
    part = partOf(root, ref)
    resolved.parts.set(ref, part)
  }
  return part
}

/** Of one schema, which is the only one of an application. */
let resolved: {
  readonly root?: Schema
  readonly parts: Map<string, SchemaOrBoolean>
} = { parts: new Map() }

function partOf(root: Schema, ref: string): SchemaOrBoolean {
  let schema: unknown = root
  for (const part of ref.split('/').slice(1))
    schema = (schema as Record<string, unknown>)[part]
  if (schema === undefined) throw new Error(`The schema has no ${ref}`)
  return schema as SchemaOrBoolean
}
