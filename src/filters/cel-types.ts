import type { Environment } from '@marcbachmann/cel-js'
import { FIELDS, type FieldType, isFieldName } from '../record/fields.ts'
import { createEnvironment } from './cel.ts'
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
