import { FIELDS, isFieldName } from '../record/fields.ts'
import { ARGUMENTS } from '../watchers/arguments.ts'
import { CLASSES } from '../watchers/driver-classes.ts'
import { canHold } from '../watchers/field-rules.ts'
import type { OperationTable } from '../watchers/operation-spec.ts'
import type { FieldRule } from '../watchers/watcher-settings.ts'
import { gotText, quoted } from './assertions.ts'
import type { CheckedConfig } from './build-settings.ts'
import { findNode } from './config-url.ts'
import { nearestName } from './nearest.ts'
import type { ConfigNode, ConfigPath } from './node.ts'
import { type ConfigProblem, problemAt } from './problem.ts'

/**
 * Warns of methods and arguments under `operations` that no driver is known
 * to have: a newer one, or a class of the application, may have them.
 */
export function checkMethods(
  { watchers = {} }: CheckedConfig,
  root: ConfigNode,
): ConfigProblem[] {
  return Object.entries(watchers).flatMap(([watcher, { operations = {} }]) => {
    const methods = methodsOf(watcher)
    return Object.entries(operations).flatMap(([method, rules]) => {
      const path = ['watchers', watcher, 'operations', method]
      if (!methods.has(method)) {
        const text = `No driver is known to have the method ${quoted(method)}`
        return [warning(root, path, text, method, methods.keys())]
      }
      const args = ['_result', ...(methods.get(method) ?? [])]
      const unknown = Object.keys(rules ?? {})
        .filter(name => !args.includes(name))
        .map(name => {
          const text = `${method} is not known to have the argument ${quoted(name)}`
          return warning(root, [...path, name], text, name, args)
        })
      return [...unknown, ...misfits(rules ?? {}, path, root)]
    })
  })
}

/** What a field holds, in words. */
const CONTENTS: Readonly<Record<string, string>> = {
  integer: 'a number',
  seconds: 'a number',
  date: 'a date, and no constant is one',
}

/** Warns of constants that the field they are for cannot hold. */
function misfits(
  rules: Readonly<Record<string, FieldRule>>,
  path: ConfigPath,
  root: ConfigNode,
): ConfigProblem[] {
  return Object.entries(rules).flatMap(([name, rule]) => {
    const to = rule.to === undefined ? name : rule.to
    if (rule.value === undefined || to === null || !isFieldName(to)) return []
    const type = FIELDS[to]
    if (canHold(type, rule.value)) return []
    const at = [...path, name, 'value']
    const { node } = findNode(root, at)
    const got = node === undefined ? '' : `, got ${gotText(node)}`
    const message = `Expected ${CONTENTS[type] ?? 'text or a number'}, which is what ${to} holds${got}`
    const hint = 'the argument goes where it goes without this rule'
    return [
      { ...problemAt(node?.place, at, message, { hint }), isWarning: true },
    ]
  })
}

function warning(
  root: ConfigNode,
  path: ConfigPath,
  message: string,
  name: string,
  known: Iterable<string>,
): ConfigProblem {
  const above = findNode(root, path.slice(0, -1)).node
  const entry = above?.kind === 'map' ? above.entries.get(name) : undefined
  const place = entry?.keyPlace ?? above?.place
  const nearest = nearestName(name, known)
  return { ...problemAt(place, path, message, { nearest }), isWarning: true }
}

/** The methods of a watcher's classes with the names of their arguments. */
function methodsOf(watcher: string): Map<string, readonly string[]> {
  const all = new Map<string, readonly string[]>()
  for (const spec of Object.values(CLASSES)) {
    // a cursor's operation is the method that made it
    const isOwn = spec.watcher === watcher || watcher === 'cursor'
    if (!isOwn && watcher !== 'global') continue
    for (const table of [spec.operations, spec.factories ?? NONE])
      for (const [method, { args }] of Object.entries(table))
        all.set(method, [...(all.get(method) ?? []), ...args, ...FIRST])
  }
  return all
}

const NONE: OperationTable = {}
const FIRST = Object.keys(ARGUMENTS)
