import type { ConfigNode } from './node.ts'
import type { Schema, SchemaType } from './schema.ts'

/**
 * The first keyword of a schema that a node by itself breaks, as what was
 * expected; undefined when all hold. Parts of the node are not looked at.
 */
export function brokenAssertion(
  node: ConfigNode,
  schema: Schema,
): string | undefined {
  for (const [holds, expected] of ASSERTIONS)
    if (!holds(node, schema)) return schema['x-expected'] ?? expected(schema)
  return undefined
}

type Assertion = readonly [
  holds: (node: ConfigNode, schema: Schema) => boolean,
  expected: (schema: Schema) => string,
]

const ASSERTIONS: readonly Assertion[] = [
  [hasType, schema => typesOf(schema).map(typeText).join(' or ')],
  [isConst, schema => literal(schema.const)],
  [isInEnum, schema => oneOf(schema.enum?.map(literal) ?? [])],
  [hasPattern, patternText],
  [isInRange, rangeText],
  [hasLength, lengthText],
  [hasItems, schema => `at least ${schema.minItems} of them`],
  [hasUniqueItems, () => 'each of them once'],
  [hasKeys, () => 'a key'],
]

const TYPE_TEXTS: Readonly<Record<SchemaType, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
}

/** Names in a sentence: `one of a, b, c`, cut when there are many. */
export function oneOf(names: readonly string[]): string {
  if (names.length === 1) return names[0] ?? ''
  const shown = names.length > 16 ? [...names.slice(0, 15), '…'] : names
  return `one of ${shown.join(', ')}`
}

/** What came, short: `"fil"`, `a number (3)`, `a list`. */
export function gotText(node: ConfigNode): string {
  if (node.kind !== 'scalar') return node.kind === 'map' ? 'a map' : 'a list'
  const { value, written = value } = node
  if (typeof written === 'string') return quoted(written)
  return typeof value === 'number' ? `a number (${value})` : String(value)
}

/** A text of the user in a message: quoted, escaped and bounded. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}

function typeText(type: SchemaType): string {
  return TYPE_TEXTS[type]
}

function typesOf({ type }: Schema): readonly SchemaType[] {
  if (type === undefined) return []
  return typeof type === 'string' ? [type] : type
}

function hasType(node: ConfigNode, schema: Schema): boolean {
  const types = typesOf(schema)
  return types.length === 0 || types.some(type => isOfType(node, type))
}

function isOfType(node: ConfigNode, type: SchemaType): boolean {
  if (node.kind === 'map') return type === 'object'
  if (node.kind === 'list') return type === 'array'
  const { value } = node
  if (value === null) return type === 'null'
  if (type === 'integer') return Number.isInteger(value)
  return typeof value === type
}

function literal(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function scalarOf(node: ConfigNode): unknown {
  return node.kind === 'scalar' ? node.value : undefined
}

function isConst(node: ConfigNode, schema: Schema): boolean {
  return schema.const === undefined || scalarOf(node) === schema.const
}

function isInEnum(node: ConfigNode, schema: Schema): boolean {
  if (schema.enum === undefined) return true
  return node.kind === 'scalar' && schema.enum.includes(node.value)
}

const patterns = new Map<string, RegExp>()

function hasPattern(node: ConfigNode, { pattern }: Schema): boolean {
  const value = scalarOf(node)
  if (pattern === undefined || typeof value !== 'string') return true
  let compiled = patterns.get(pattern)
  if (compiled === undefined) {
    compiled = new RegExp(pattern, 'u')
    patterns.set(pattern, compiled)
  }
  return compiled.test(value)
}

function patternText(schema: Schema): string {
  const names = schema['x-names']
  return names === undefined ? `text like ${schema.pattern}` : oneOf(names)
}

function isInRange(node: ConfigNode, schema: Schema): boolean {
  const value = scalarOf(node)
  if (typeof value !== 'number') return true
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum } = schema
  return (
    value >= minimum &&
    value <= maximum &&
    (exclusiveMinimum === undefined || value > exclusiveMinimum)
  )
}

function rangeText(schema: Schema): string {
  const { minimum, maximum, exclusiveMinimum } = schema
  const bounds: string[] = []
  if (minimum !== undefined) bounds.push(`from ${minimum}`)
  if (exclusiveMinimum !== undefined) bounds.push(`above ${exclusiveMinimum}`)
  if (maximum !== undefined) bounds.push(`up to ${maximum}`)
  return `a number ${bounds.join(' ')}`
}

function hasLength(node: ConfigNode, schema: Schema): boolean {
  const value = scalarOf(node)
  if (typeof value !== 'string') return true
  const { minLength = 0, maxLength = Infinity } = schema
  if (value.length <= maxLength && value.length >= minLength * 2) return true
  const length = [...value].length // code points, as JSON Schema counts
  return length >= minLength && length <= maxLength
}

function lengthText({ minLength = 0, maxLength }: Schema): string {
  const least = minLength > 0 ? `at least ${minLength}` : ''
  const most = maxLength === undefined ? '' : `at most ${maxLength}`
  return `text of ${[least, most].filter(part => part).join(', ')} characters`
}

function hasItems(node: ConfigNode, { minItems = 0 }: Schema): boolean {
  return node.kind !== 'list' || node.items.length >= minItems
}

function hasUniqueItems(node: ConfigNode, { uniqueItems }: Schema): boolean {
  if (node.kind !== 'list' || uniqueItems !== true) return true
  const scalars = node.items.filter(item => item.kind === 'scalar')
  return new Set(scalars.map(item => item.value)).size === scalars.length
}

function hasKeys(node: ConfigNode, { minProperties = 0 }: Schema): boolean {
  return node.kind !== 'map' || node.entries.size >= minProperties
}
