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

/** A whole filter around a part of its query. */
type Wrap = (part: Plain) => Plain

const asQuery: Wrap = match => ({ match })

/** Each condition of a query, and each operator of a condition. */
export function matchPieces(
  query: Plain,
  path: ConfigPath,
  wrap = asQuery,
): FilterPiece[] {
  return Object.entries(query).flatMap(([key, value]) => {
    const at = [...path, key]
    if (LOGICAL.includes(key) && Array.isArray(value))
      return value.flatMap((item, i) =>
        isMap(item) ? matchPieces(item, [...at, i], wrap) : [],
      )
    if (!isMap(value) || !isExpression(value))
      return [{ path: at, settings: wrap({ [key]: value }) }]
    return operatorPieces(value, at, part => wrap({ [key]: part }))
  })
}

function operatorPieces(
  operators: Plain,
  path: ConfigPath,
  wrap: Wrap,
): FilterPiece[] {
  return Object.entries(operators).flatMap(([name, operand]) => {
    const at = [...path, name]
    const inner: Wrap = part => wrap({ [name]: part })
    if (!isMap(operand) || !['$not', '$elemMatch'].includes(name))
      return [{ path: at, settings: wrap(alone(name, operators)) }]
    return name === '$not' || isExpression(operand)
      ? operatorPieces(operand, at, inner)
      : matchPieces(operand, at, inner)
  })
}

/** One key of an operator document, with what makes it one. */
function alone(name: string, operators: Plain): Plain {
  const own = { [name]: operators[name] }
  if (name === '$options' && operators.$regex !== undefined)
    return { $regex: '', ...own }
  return name.startsWith('$') ? own : { $exists: true, ...own }
}

const LOGICAL = ['$and', '$or', '$nor']

/** True for operators, false for a document that is compared. */
function isExpression(value: Plain): boolean {
  return Object.keys(value).some(
    key => key.startsWith('$') && !LOGICAL.includes(key),
  )
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
