import type { ASTNode, Environment } from '@marcbachmann/cel-js'
import { FIELDS, type FieldType, isFieldName } from '../record/fields.ts'
import { celEnvironment, createEnvironment } from './cel.ts'
import { plainTypes } from './cel-message.ts'
import { FilterError } from './filter-error.ts'

/** What CEL calls what a field holds; others may hold anything. */
const TYPES: { readonly [type in FieldType]?: string } = {
  string: 'string',
  integer: 'double',
  seconds: 'double',
  date: 'google.protobuf.Timestamp',
}

/** The other mistakes of the library may be none: null fits every field. */
const SURE: ReadonlySet<string> = new Set([
  'no_such_overload',
  'no_matching_overload',
  'invalid_logical_operand',
])

let shared: Environment | undefined

/**
 * What is wrong with the types of an expression, when fields hold what they
 * should. It is never run so: filters may have put something else into them.
 */
export function typeMistake(source: string): Error | undefined {
  shared ??= typedEnvironment()
  const { type, error } = shared.parse(source).check()
  if (error !== undefined) return isSure(error) ? error : undefined
  return type === undefined || type === 'bool' || type === 'dyn'
    ? undefined
    : new FilterError(
        `expected true or false, this is of type ${plainTypes(type)}`,
      )
}

/** A part of an expression. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** The smallest part of an expression whose types do not fit. */
export function misfitIn(source: string): Range | undefined {
  try {
    const own = celEnvironment().parse(source).check().error
    const error: unknown = own ?? typeMistake(source)
    const { range, code, node } = Object(error)
    const isLogical = code === 'invalid_logical_operand' && node !== undefined
    const operand = isLogical ? operandOf(source, node) : undefined
    return wholeOf(source, operand ?? range)
  } catch {
    return undefined // no expression
  }
}

/** With the brackets that the library leaves out: `(a) + b`, `a + (b)`. */
function wholeOf(source: string, range?: Range): Range | undefined {
  if (range === undefined) return undefined
  const { start, end } = range
  const starts = [start, source.lastIndexOf('(', start - 1)]
  const ends = [end, source.indexOf(')', end) + 1]
  const all = starts.flatMap(from => ends.map(to => ({ start: from, end: to })))
  return all.find(
    part =>
      part.start >= 0 &&
      part.end >= end &&
      isExpression(
        `${source.slice(0, part.start)}true${source.slice(part.end)}`,
      ),
  )
}

function isExpression(source: string): boolean {
  try {
    celEnvironment().parse(source)
    return true
  } catch {
    return false
  }
}

/** Of `a && b` the one that is neither true nor false. */
function operandOf(source: string, { args }: ASTNode): Range | undefined {
  const operands = [args].flat(2) as readonly { readonly range?: Range }[]
  return operands
    .map(({ range }) => range)
    .find(range => range !== undefined && !isTruth(source, range))
}

function isTruth(source: string, { start, end }: Range): boolean {
  shared ??= typedEnvironment()
  const { type } = shared.parse(source.slice(start, end)).check()
  return type === 'bool' || type === 'dyn'
}

/** Lists and maps are equal by what is in them, numbers of any type. */
const OF_CONTENTS = /(?:list|map)<.* [!=]= (?:list|map)</

function isSure({ code, message }: { code: string; message: string }): boolean {
  return SURE.has(code) && !OF_CONTENTS.test(message)
}

function typedEnvironment(): Environment {
  const environment = createEnvironment(typeOf)
  const types = [...new Set(Object.values(TYPES)), 'bool', 'int']
  for (const type of types) {
    environment.registerOperator(`${type} == null`, same)
    environment.registerOperator(`null in list<${type}>`, same)
  }
  environment.registerOperator('google.protobuf.Duration == null', same)
  for (const type of ['int', 'uint']) {
    environment.registerOperator(`double == ${type}`, same)
    environment.registerOperator(`double in list<${type}>`, same)
    environment.registerOperator(`${type} in list<double>`, same)
  }
  return environment
}

function typeOf(name: string): string {
  if (name.startsWith('_')) return 'string'
  return (isFieldName(name) && TYPES[FIELDS[name]]) || 'dyn'
}

function same(a: unknown, b: unknown): boolean {
  return a === b
}
