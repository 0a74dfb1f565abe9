import { FIELDS, isFieldName } from '../record/fields.ts'
import type { AuditRecord } from '../record/record.ts'
import type { Query } from './match-query.ts'

/** Field types whose values are compared as they are. */
const SCALAR_TYPES = new Set<string>(['string', 'integer', 'seconds'])

type Scalar = string | number | boolean | null
type Test = (value: unknown) => boolean

/** An absent field equals null, as in MongoDB. */
const COMPARISONS: {
  readonly [operator: string]: (values: ReadonlySet<unknown>) => Test
} = {
  $eq: values => value => values.has(value ?? null),
  $in: values => value => values.has(value ?? null),
  $ne: values => value => !values.has(value ?? null),
  $nin: values => value => !values.has(value ?? null),
}

/**
 * A checked query as a function, when it only says which values whole fields
 * have or have not; `undefined` for any other.
 */
export function compileSimpleQuery(
  query: Query,
): ((record: Partial<AuditRecord>) => boolean) | undefined {
  const tests: { field: keyof AuditRecord; test: Test }[] = []
  for (const [field, expression] of Object.entries(query)) {
    if (!isFieldName(field) || !SCALAR_TYPES.has(FIELDS[field]))
      return undefined
    const found = comparisons(expression)
    if (found.length === 0) return undefined
    for (const [operator, operand] of found) {
      const test = compileComparison(operator, operand)
      if (test === undefined) return undefined
      tests.push({ field, test })
    }
  }
  return record => tests.every(({ field, test }) => test(record[field]))
}

function comparisons(expression: unknown): [string, unknown][] {
  return isScalar(expression)
    ? [['$eq', expression]]
    : Object.entries(expression ?? {})
}

function compileComparison(
  operator: string,
  operand: unknown,
): Test | undefined {
  if (!Object.hasOwn(COMPARISONS, operator)) return undefined
  const isList = operator === '$in' || operator === '$nin'
  const values: unknown[] =
    isList && Array.isArray(operand) ? operand : [operand]
  if (!values.every(isScalar)) return undefined
  return COMPARISONS[operator]?.(new Set(values))
}

function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value !== 'object'
}
