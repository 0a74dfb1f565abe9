import type { CheckedConfig } from './build-settings.ts'
import { checkParts, standIn } from './check-parts.ts'
import { Checker, INVALID, type Reference } from './checker.ts'
import { findNode } from './config-url.ts'
import { nearestName } from './nearest.ts'
import type { ConfigNode, ConfigPath } from './node.ts'
import { type ConfigProblem, problemAt } from './problem.ts'
import { resolveReferences } from './references.ts'
import { loadSchema } from './schema.ts'

/** A configuration after the check. */
export interface CheckedNode {
  readonly config: CheckedConfig
  readonly problems: readonly ConfigProblem[]
}

/**
 * Checks a whole configuration: by the schema, then the names in it, then
 * whether its parts can be made.
 */
export function checkNode(
  written: ConfigNode,
  env: NodeJS.ProcessEnv,
): CheckedNode {
  const root = resolveReferences(written, env)
  const checker = new Checker(loadSchema())
  const value = checker.check(root)
  const valid = value === INVALID ? {} : (value as CheckedConfig)
  const { config, problems } = checkParts(valid, root)
  const unknown = checker.references.filter(
    ({ section, name }) => !namesOf(root, section).includes(name),
  )
  const standIns = checker.references
    .filter(({ section }) => section === 'filters')
    .filter(({ name }) => !Object.hasOwn(config.filters ?? {}, name))
    .map(({ name }) => [name, standIn(keysOf(root, ['filters', name]))])
  return {
    config: {
      ...config,
      filters: { ...config.filters, ...Object.fromEntries(standIns) },
    },
    problems: [
      ...checker.problems,
      ...problems,
      ...unknown.map(reference => unknownName(reference, root)),
    ],
  }
}

function keysOf(root: ConfigNode, path: ConfigPath): string[] {
  const { node } = findNode(root, path)
  return node?.kind === 'map' ? [...node.entries.keys()] : []
}

const SECTIONS: Readonly<Record<Reference['section'], readonly string[]>> = {
  formatters: ['formatters'],
  filters: ['filters'],
  handlers: ['handlers', 'transports'],
}

const BUILT_IN: Readonly<Record<Reference['section'], readonly string[]>> = {
  formatters: ['line'],
  filters: [],
  handlers: [],
}

function namesOf(root: ConfigNode, section: Reference['section']): string[] {
  const written = SECTIONS[section].flatMap(name => keysOf(root, [name]))
  return [...BUILT_IN[section], ...written]
}

function unknownName(reference: Reference, root: ConfigNode): ConfigProblem {
  const { section, name, place, path } = reference
  const names = namesOf(root, section)
  const message = `Expected a name from ${section}, got ${JSON.stringify(name)}`
  return problemAt(place, path, message, { nearest: nearestName(name, names) })
}
