import { oneOf, quoted } from './assertions.ts'
import { coerceSubstituted } from './coerce-substituted.ts'
import { convertScalar } from './convert-scalar.ts'
import {
  assertValue,
  camelCase,
  hasParts,
  isKnown,
  mismatch,
  namesIn,
  nearestOf,
  partSchemas,
  refusedKey,
  tellLost,
} from './key-checks.ts'
import { type Reference, referencesOf } from './name-reference.ts'
import {
  type ConfigNode,
  type ConfigPath,
  type Entry,
  type ListNode,
  type MapNode,
  nodeValue,
  problemsIn,
  type ScalarNode,
} from './node.ts'
import { type ConfigProblem, problemAt } from './problem.ts'
import { resolveRef, type Schema, type SchemaOrBoolean } from './schema.ts'
import { whyUntrusted } from './trust.ts'

/** Stands for a value that cannot be used. */
export const INVALID = Symbol('invalid')

/**
 * Checks nodes by a JSON Schema and turns them into values in one walk: what
 * is valid is kept with camelCase keys, what is not is left out and told.
 */
export class Checker {
  readonly problems: ConfigProblem[] = []
  readonly references: Reference[] = []
  readonly #root: Schema
  /** Above 0 while a choice is made: what no schema asks for is not looked at. */
  #trials = 0

  constructor(root: Schema) {
    this.#root = root
  }

  /** The value that is left of a node, or INVALID. */
  check(
    node: ConfigNode,
    schema: SchemaOrBoolean = this.#root,
    path: ConfigPath = [],
  ): unknown {
    return this.#walk(node, [schema], path, this.problems)
  }

  #valid(node: ConfigNode, schema: SchemaOrBoolean): boolean {
    const problems: ConfigProblem[] = []
    const count = this.references.length
    this.#trials++
    const value = this.#walk(node, [schema], [], problems)
    this.#trials--
    this.references.length = count
    return value !== INVALID && problems.length === 0
  }

  #walk(
    node: ConfigNode,
    wanted: readonly SchemaOrBoolean[],
    path: ConfigPath,
    problems: ConfigProblem[],
  ): unknown {
    if (node.kind === 'scalar' && node.problem !== undefined)
      return refuse(problems, wanted.length > 0 ? [node.problem] : [])
    if (node.kind === 'scalar' && node.substituted)
      return this.#walk(this.#coerced(node, wanted), wanted, path, problems)
    const before = problems.length
    const schemas = wanted.flatMap(schema => this.#flatten(node, schema))
    for (const schema of schemas)
      if (!assertValue(node, schema, path, problems)) return INVALID
    const fits = schemas.map(schema =>
      this.#assertChoice(node, schema, path, problems),
    )
    const value = this.#parts(node, schemas, path, problems)
    const atomic = schemas.some(schema => schema['x-atomic'])
    if (atomic && problems.length > before) return INVALID
    return fits.includes(false) ? INVALID : value
  }

  #parts(
    node: ConfigNode,
    schemas: readonly Schema[],
    path: ConfigPath,
    problems: ConfigProblem[],
  ): unknown {
    if (node.kind === 'map') return this.#map(node, schemas, path, problems)
    if (node.kind === 'list') return this.#list(node, schemas, path, problems)
    return this.#scalar(node, schemas, path, problems)
  }

  /** `"10"` out of `${env:X}` is a number where only a number fits. */
  #coerced(node: ScalarNode, wanted: readonly SchemaOrBoolean[]): ScalarNode {
    return coerceSubstituted(node, candidate =>
      wanted.every(schema => this.#valid(candidate, schema)),
    )
  }

  /** The schemas without references and choices that apply to a node. */
  #flatten(node: ConfigNode, schema: SchemaOrBoolean): Schema[] {
    if (typeof schema === 'boolean') return schema ? [] : [NOTHING]
    const all: Schema[] = [schema]
    if (schema.$ref !== undefined)
      all.push(...this.#flatten(node, resolveRef(this.#root, schema.$ref)))
    if (schema.if !== undefined) {
      const branch = this.#valid(node, schema.if) ? schema.then : schema.else
      if (branch !== undefined) all.push(...this.#flatten(node, branch))
    }
    const choice = schema.anyOf?.find(option => this.#valid(node, option))
    if (choice !== undefined) all.push(...this.#flatten(node, choice))
    return all
  }

  #assertChoice(
    node: ConfigNode,
    { anyOf, 'x-expected': expected }: Schema,
    path: ConfigPath,
    problems: ConfigProblem[],
  ): boolean {
    if (anyOf === undefined) return true
    if (anyOf.some(option => this.#valid(node, option))) return true
    const ofMaps = anyOf.find(option => option.type === 'object')
    if (node.kind === 'map' && ofMaps !== undefined) {
      this.#walk(node, [ofMaps], path, problems)
      return false
    }
    const names = anyOf.flatMap(option => this.#namesOf(option))
    const nearest = nearestOf(node, names, problems)
    const detail = { nearest }
    problems.push(mismatch(node, path, expected ?? oneOf(names), detail))
    return false
  }

  #namesOf(schema: Schema): string[] {
    const target =
      schema.$ref === undefined ? schema : resolveRef(this.#root, schema.$ref)
    return typeof target === 'boolean' ? [] : namesIn(target)
  }

  #map(
    node: MapNode,
    schemas: readonly Schema[],
    path: ConfigPath,
    problems: ConfigProblem[],
  ): unknown {
    const required = schemas.flatMap(schema => schema.required ?? [])
    let lost = tellLost(node, required, path, problems)
    if (!schemas.some(hasParts))
      return lost ? INVALID : this.#free(node, problems)
    const value: Record<string, unknown> = Object.create(null)
    for (const [key, entry] of node.entries) {
      const wanted = schemas.flatMap(schema => partSchemas(schema, key))
      const at = [...path, key]
      if (this.#isRefused(entry, wanted, schemas, at, problems)) continue
      const part = this.#walk(entry.node, wanted, at, problems)
      if (part === INVALID) lost ||= required.includes(key)
      else value[isKnown(schemas, key) ? camelCase(key) : key] = part
    }
    return lost ? INVALID : value
  }

  /** What stands below a key that may not be there is looked at, not used. */
  #isRefused(
    { keyPlace, node }: Entry,
    wanted: readonly SchemaOrBoolean[],
    schemas: readonly Schema[],
    path: ConfigPath,
    problems: ConfigProblem[],
  ): boolean {
    const at = { place: keyPlace ?? node.place, path, node }
    const meant = refusedKey(at, wanted, schemas, this.#root, problems)
    if (meant === undefined) return false
    if (meant.length > 0) this.#walk(node, meant, path, problems)
    return true
  }

  #list(
    node: ListNode,
    schemas: readonly Schema[],
    path: ConfigPath,
    problems: ConfigProblem[],
  ): unknown {
    const wanted = schemas.flatMap(schema => schema.items ?? [])
    if (wanted.length === 0) return this.#free(node, problems)
    return node.items
      .map((item, index) =>
        this.#walk(item, wanted, [...path, index], problems),
      )
      .filter(item => item !== INVALID)
  }

  #free(node: ConfigNode, problems: ConfigProblem[]): unknown {
    const inside = this.#trials > 0 ? [] : problemsIn(node)
    return inside.length > 0 ? refuse(problems, inside) : nodeValue(node)
  }

  #scalar(
    node: ScalarNode,
    schemas: readonly Schema[],
    path: ConfigPath,
    problems: ConfigProblem[],
  ): unknown {
    const { value } = node
    const place = node.from ?? node.place
    if (value === null && schemas.some(isOftenEmpty)) return Object.create(null)
    if (typeof value !== 'string') return value
    this.references.push(...referencesOf(node, value, schemas, path))
    const conversion = schemas.find(schema => schema['x-convert'])?.[
      'x-convert'
    ]
    if (conversion === undefined) return value
    const converted = convertScalar(conversion, value, place)
    if (conversion !== 'module') return converted
    const reason = whyUntrusted(place?.source.path, String(converted))
    if (reason === undefined) return converted
    const message = `Refused to run ${quoted(node.written ?? value)}`
    return refuse(problems, [
      problemAt(node.place, path, message, { hint: reason }),
    ])
  }
}

const NOTHING: Schema = { enum: [], 'x-expected': 'nothing here' }

function refuse(
  problems: ConfigProblem[],
  told: readonly ConfigProblem[],
): typeof INVALID {
  problems.push(...told)
  return INVALID
}

/** `filters:` with every entry commented out is an empty map. */
function isOftenEmpty({ type }: Schema): boolean {
  return Array.isArray(type) && type.includes('object')
}
