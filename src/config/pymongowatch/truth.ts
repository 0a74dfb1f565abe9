import { FIELDS, type FieldType, isFieldName } from '../../record/fields.ts'
import { ExpressionError, quote } from './python-tokens.ts'

/** What Python takes for false, besides None, by the type of a field. */
const EMPTY: Readonly<Record<FieldType, readonly string[]>> = {
  string: ['""'],
  integer: ['0'],
  seconds: ['0.0'],
  date: [],
  value: ['{}', '[]'],
  iteration: ['0', '""'],
  code: ['0', '""'],
}

/** Ends with something that CEL knows to be true or false. */
const BOOLEAN =
  /^!|^(true|false)$| (==|!=|<=|>=|<|>|in|&&|\|\|) |\.(startsWith|endsWith|contains)\([^()]*\)$/

/**
 * A piece of CEL where Python asks whether a value is true: a field is
 * compared with what is false there, as CEL takes nothing but booleans.
 */
export function truthOf(cel: string): string {
  const inner = cel.replace(/^\((\w+)\)$/, '$1')
  if (isFieldName(inner)) {
    const falsy = ['null', ...EMPTY[FIELDS[inner]]]
    return `(${falsy.map(each => `${inner} != ${each}`).join(' && ')})`
  }
  if (BOOLEAN.test(cel)) return cel
  throw new ExpressionError(`${quote(cel)} as true or false`)
}

/** True for the name of a field that holds text. */
export function isText(cel: string): boolean {
  if (!isFieldName(cel)) return false
  return FIELDS[cel] === 'string' || FIELDS[cel] === 'iteration'
}
