import { FilterError, notAField } from './filter-error.ts'
import { USABLE_FIELDS } from './filter-fields.ts'
import { TYPE_NAMES } from './match-values.ts'
import { isWrapped, naturalValue } from './natural-value.ts'
import {
  compileRegularExpression,
  type TextTest,
} from './regular-expression.ts'

/** A query in MongoDB's language. */
export type Query = { readonly [key: string]: unknown }

/** A query that was checked, its values natural, its patterns compiled. */
export interface CheckedQuery {
  readonly query: Query
  /** The record's fields that it looks at. */
  readonly fields: readonly string[]
}

/** A compiled `$regex` stands under this name in a checked query. */
export const REGULAR = '$regular'

/** A compiled pattern: a class, so that the library leaves it as it is. */
export class Pattern {
  readonly test: TextTest

  constructor(test: TextTest) {
    this.test = test
  }
}

const LOGICAL = new Set(['$and', '$or', '$nor'])

type Operand = (value: unknown, at: string) => unknown

/** Every operator, and how its operand is checked and made natural. */
const OPERATORS: { readonly [operator: string]: Operand } = {
  $eq: naturalValue,
  $ne: naturalValue,
  $gt: naturalValue,
  $gte: naturalValue,
  $lt: naturalValue,
  $lte: naturalValue,
  $in: list,
  $nin: list,
  $all: list,
  $exists: truth,
  $size: wholeNumber,
  $mod: divisor,
  $type: (value, at) => [value].flat().map(each => typeName(each, at)),
  $not: (value, at) => operators(value, at),
  $elemMatch: (value, at) =>
    isDocument(value) && isExpression(value)
      ? operators(value, at)
      : condition(value, at, () => {}),
}

/**
 * Checks a query on records. An unknown operator or field is an error here,
 * never one while records come.
 */
export function checkQuery(query: Query): CheckedQuery {
  const fields = new Set<string>()
  const checked = condition(query, '', path => fields.add(fieldOf(path)))
  return { query: checked, fields: [...fields] }
}

/** One document of conditions; `see` is told every path in it. */
function condition(
  value: unknown,
  at: string,
  see: (path: string) => void,
): Query {
  if (!isDocument(value)) throw wrong(at, 'a document of conditions', value)
  const checked: Record<string, unknown> = {}
  for (const [key, operand] of Object.entries(value)) {
    const inner = at === '' ? key : `${at}.${key}`
    if (LOGICAL.has(key)) {
      const conditions = list(operand, inner, false)
      if (conditions.length === 0) throw wrong(inner, 'a condition', operand)
      checked[key] = conditions.map(each => condition(each, inner, see))
    } else if (key.startsWith('$')) {
      throw new FilterError(`${inner} is not one of ${[...LOGICAL].join(', ')}`)
    } else {
      refuseReserved(key, inner)
      see(key)
      checked[key] = expression(operand, inner)
    }
  }
  return checked
}

function expression(value: unknown, at: string): unknown {
  if (isDocument(value) && isExpression(value)) return operators(value, at)
  return naturalValue(value)
}

function operators(value: unknown, at: string): Query {
  if (!isDocument(value)) throw wrong(at, 'a document of operators', value)
  const { $regex, $options, ...others } = value
  const checked: Record<string, unknown> = {}
  for (const [name, operand] of Object.entries(others)) {
    const check = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined
    if (check === undefined) {
      throw new FilterError(
        `${at}.${name} is not one of ${Object.keys(OPERATORS).join(', ')}, $regex, $options`,
      )
    }
    checked[name] = check(operand, `${at}.${name}`)
  }
  if ($regex !== undefined || $options !== undefined) {
    checked[REGULAR] = pattern($regex, $options, at)
  }
  return checked
}

function pattern(regex: unknown, options: unknown, at: string): Pattern {
  if (typeof regex !== 'string') throw wrong(`${at}.$regex`, 'a string', regex)
  if (options !== undefined && typeof options !== 'string') {
    throw wrong(`${at}.$options`, 'a string', options)
  }
  return new Pattern(compileRegularExpression(regex, options))
}

function isDocument(value: unknown): value is Query {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** True for `{ $gt: 5 }`, false for `{ $oid: … }` and `{ age: 5 }`. */
function isExpression(value: Query): boolean {
  return (
    !isWrapped(value, Object.keys(value)) &&
    Object.keys(value).some(key => key.startsWith('$') && !LOGICAL.has(key))
  )
}

function fieldOf(path: string): string {
  const [field = ''] = path.split('.', 1)
  if (!USABLE_FIELDS.includes(field)) {
    throw notAField(field)
  }
  return field
}

function refuseReserved(path: string, at: string): void {
  if (path.split('.').some(segment => segment in Object.prototype)) {
    throw new FilterError(`${at} names what every JavaScript object has`)
  }
}

function list(value: unknown, at: string, natural = true): unknown[] {
  if (!Array.isArray(value)) throw wrong(at, 'a list', value)
  return natural ? value.map(naturalValue) : value
}

function wholeNumber(value: unknown, at: string): number {
  if (!Number.isInteger(value)) throw wrong(at, 'a whole number', value)
  return Number(value)
}

/** `[divisor, remainder]`; mongod refuses others too. */
function divisor(value: unknown, at: string): number[] {
  const numbers = list(value, at).map(each => wholeNumber(each, at))
  if (numbers.length === 2 && numbers[0] !== 0) return numbers
  throw wrong(at, 'a divisor that is not 0 and a remainder', value)
}

/** Numbers are taken as mongod takes them, and `"maybe"` is a mistake. */
function truth(value: unknown, at: string): boolean {
  if (typeof value === 'boolean' || typeof value === 'number')
    return Boolean(value)
  throw wrong(at, 'true or false', value)
}

function typeName(value: unknown, at: string): string {
  if (typeof value === 'string' && TYPE_NAMES.includes(value)) return value
  throw wrong(at, `one of ${TYPE_NAMES.join(', ')}`, value)
}

function wrong(at: string, expected: string, value: unknown): FilterError {
  const place = at === '' ? 'the query' : at
  return new FilterError(
    `${place}: expected ${expected}, got ${JSON.stringify(value) ?? 'nothing'}`,
  )
}
