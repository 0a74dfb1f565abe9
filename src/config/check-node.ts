import type { CheckedConfig } from './build-settings.ts'
import { Checker, INVALID, type Reference } from './checker.ts'
import { nearestName } from './nearest.ts'
import type { ConfigNode, MapNode } from './node.ts'
import { type ConfigProblem, problemAt } from './problem.ts'
import { resolveReferences } from './references.ts'
import { loadSchema } from './schema.ts'

/** A configuration after the check. */
export interface CheckedNode {
  readonly config: CheckedConfig
  /** Names of filters that handlers use but that are unusable or absent. */
  readonly brokenFilters: readonly string[]
  readonly problems: readonly ConfigProblem[]
}

/** Checks a whole configuration by the schema, then the names in it. */
export function checkNode(
  written: ConfigNode,
  env: NodeJS.ProcessEnv,
): CheckedNode {
  const root = resolveReferences(written, env)
  const checker = new Checker(loadSchema())
  const value = checker.check(root)
  const config = value === INVALID ? {} : (value as CheckedConfig)
  const unknown = checker.references.filter(
    ({ section, name }) => !namesOf(root, section).includes(name),
  )
  return {
    config,
    brokenFilters: checker.references
      .filter(({ section }) => section === 'filters')
      .map(({ name }) => name)
      .filter(name => config.filters?.[name] === undefined),
    problems: [
      ...checker.problems,
      ...unknown.map(reference => unknownName(reference, root)),
    ],
  }
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
  const maps = SECTIONS[section]
    .map(name => (root as MapNode).entries.get(name)?.node)
    .filter(node => node?.kind === 'map')
  return [...BUILT_IN[section], ...maps.flatMap(map => [...map.entries.keys()])]
}

function unknownName(reference: Reference, root: ConfigNode): ConfigProblem {
  const { section, name, place, path } = reference
  const names = namesOf(root, section)
  const message = `Expected a name from ${section}, got ${JSON.stringify(name)}`
  return problemAt(place, path, message, { nearest: nearestName(name, names) })
}
