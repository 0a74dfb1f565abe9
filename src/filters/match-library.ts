import type { Any, AnyObject, Options, QueryOperator } from 'mingo/types'
import { type CheckedQuery, Pattern, REGULAR } from './match-query.ts'
import { hasRemainder, isOfType } from './match-values.ts'
import { naturalValue } from './natural-value.ts'

const loadLibrary = () => ({
  ...(require('mingo/query') as typeof import('mingo/query')),
  ...(require('mingo/core') as typeof import('mingo/core')),
  ...(require('mingo/util') as typeof import('mingo/util')),
})

const loadOperators = (): Record<string, QueryOperator> => {
  return {
    ...require('mingo/operators/query/array'),
    ...require('mingo/operators/query/comparison'),
    ...require('mingo/operators/query/element'),
    ...require('mingo/operators/query/logical'),
  }
}

/**
 * A checked query as a function, by the mingo library. Of its operators only
 * those that compare are known to it, none that runs code, and patterns are
 * tested in linear time.
 */
export function compileWithLibrary(
  checked: CheckedQuery,
): (record: object) => boolean {
  const { Context, Query, resolve } = loadLibrary()
  const context = Context.init({
    query: { ...loadOperators(), ...ownOperators(resolve) },
  })
  const query = new Query(checked.query, { context, scriptEnabled: false })
  return record => {
    const view: AnyObject = {}
    for (const field of checked.fields) {
      const value = naturalValue(Reflect.get(record, field))
      if (value !== undefined) view[field] = value
    }
    return query.test(view)
  }
}

type Resolve = typeof import('mingo/util').resolve

/** The library's `$mod` and `$type` choose other values than MongoDB's. */
function ownOperators(resolve: Resolve): Record<string, QueryOperator> {
  const anyOf =
    (test: (value: unknown, operand: Any) => boolean): QueryOperator =>
    (selector: string, operand: Any, _options: Options) =>
    (object: AnyObject) => {
      const value = resolve(object, selector, { unwrapArray: true })
      const elements = Array.isArray(value) ? value : []
      return [value, ...elements].some(each => test(each, operand))
    }
  return {
    $mod: anyOf(hasRemainder),
    $type: anyOf(isOfType),
    [REGULAR]: anyOf(
      (value, pattern) =>
        pattern instanceof Pattern &&
        typeof value === 'string' &&
        pattern.test(value),
    ),
  }
}
