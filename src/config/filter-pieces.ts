import type { ConfigPath } from './node.ts'
import type { Plain } from './settings.ts'

/** A part of a filter that can be checked by itself. */
export interface FilterPiece {
  /** Where it stands below the filter. */
  readonly path: ConfigPath
  /** A whole filter with nothing but this part. */
  readonly settings: Plain
}

/**
 * A filter in pieces, so that each can be wrong by itself: all mistakes of a
 * filter are told at once, each where it stands.
 */
export function filterPieces(filter: Plain): FilterPiece[] {
  const { match, redact, fields } = filter
  if (isMap(match)) return matchPieces(match, ['match'])
  if (isMap(redact)) return redactPieces(redact)
  if (isMap(fields)) return fieldPieces(fields)
  return []
}

/** Each condition of a query, and each operator of a condition. */
export function matchPieces(query: Plain, path: ConfigPath): FilterPiece[] {
  return Object.entries(query).flatMap(([key, value]) => {
    const at = [...path, key]
    if (LOGICAL.includes(key) && Array.isArray(value))
      return value.flatMap((item, i) =>
        isMap(item) ? matchPieces(item, [...at, i]) : [],
      )
    const operators = isMap(value) ? Object.keys(value) : []
    if (!isMap(value) || !operators.every(isLoneOperator))
      return [{ path: at, settings: { match: { [key]: value } } }]
    return operators.map(operator => ({
      path: [...at, operator],
      settings: { match: { [key]: { [operator]: value[operator] } } },
    }))
  })
}

const LOGICAL = ['$and', '$or', '$nor']

/** Not those that mean something only together. */
function isLoneOperator(name: string): boolean {
  return name.startsWith('$') && name !== '$regex' && name !== '$options'
}

function redactPieces({ rules, ...others }: Plain): FilterPiece[] {
  if (!Array.isArray(rules)) return []
  return rules.flatMap((rule: Plain, i) => {
    const { paths } = rule
    const at = ['redact', 'rules', i]
    const piece = (own: Plain) => ({ redact: { ...others, rules: [own] } })
    if (!Array.isArray(paths)) return [{ path: at, settings: piece(rule) }]
    return paths.map((path: unknown, index) => ({
      path: [...at, 'paths', index],
      settings: piece({ ...rule, paths: [path] }),
    }))
  })
}

function fieldPieces(fields: Plain): FilterPiece[] {
  return Object.entries(fields).flatMap(([kind, value]) => {
    const at = ['fields', kind]
    const settings = (part: unknown) => ({ fields: { [kind]: part } })
    if (Array.isArray(value))
      return value.map((name: unknown, i) => ({
        path: [...at, i],
        settings: settings([name]),
      }))
    return Object.entries(Object(value)).map(([name, part]) => ({
      path: [...at, name],
      settings: settings({ [name]: part }),
    }))
  })
}

function isMap(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
