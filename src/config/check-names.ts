import { LOG_PART_NAMES } from '../formatters/log-part.ts'
import { FIELD_NAMES } from '../record/fields.ts'
import type { CheckedConfig } from './build-settings.ts'
import { findNode } from './config-url.ts'
import type { Reference } from './name-reference.ts'
import { suggestName } from './nearest.ts'
import type { ConfigNode, ConfigPath } from './node.ts'
import { placeWithin } from './place-within.ts'
import { type ConfigProblem, problemAt } from './problem.ts'

type Section = Reference['section']

/** Where the names that a value may have are written. */
const SECTIONS: Readonly<Record<Section, readonly string[]>> = {
  formatters: ['formatters'],
  filters: ['filters'],
  handlers: ['handlers', 'transports'],
  fields: [],
}

const BUILT_IN: Readonly<Record<Section, readonly string[]>> = {
  formatters: ['line'],
  filters: [],
  handlers: [],
  fields: [...FIELD_NAMES, ...LOG_PART_NAMES, '*'],
}

const EXPECTED: Readonly<Record<Section, string>> = {
  formatters: 'a name from formatters',
  filters: 'a name from filters',
  handlers: 'a name from handlers',
  fields: 'a field of a record',
}

/** Finds names that nothing has: of parts, and of fields. */
export function checkNames(
  references: readonly Reference[],
  config: CheckedConfig,
  root: ConfigNode,
): ConfigProblem[] {
  const added = addedFields(config.filters ?? {})
  const all = [...references, ...templateFields(config, root)]
  const known = new Map<Section, ReadonlySet<string> | undefined>()
  const problems: ConfigProblem[] = []
  for (const { section, name, written = name, place, path } of all) {
    if (!known.has(section)) known.set(section, namesOf(section, added, root))
    const names = known.get(section)
    if (names === undefined || names.has(name)) continue
    const message = `Expected ${EXPECTED[section]}, got ${JSON.stringify(written)}`
    const nearest = suggestName(problems, name, names)
    const hint = names.size === 0 ? `there is nothing in ${section}` : undefined
    problems.push(problemAt(place, path, message, { nearest, hint }))
  }
  return problems
}

/** Undefined when any name may be right. */
function namesOf(
  section: Section,
  added: readonly string[],
  root: ConfigNode,
): ReadonlySet<string> | undefined {
  if (section === 'fields' && added === ANYTHING) return undefined
  if (SECTIONS[section].some(part => isUnread(root, part))) return undefined
  return new Set([
    ...BUILT_IN[section],
    ...SECTIONS[section].flatMap(part => keysOf(root, [part])),
    ...(section === 'fields' ? added : []),
  ])
}

/** The keys of a map somewhere in a configuration. */
export function keysOf(root: ConfigNode, path: ConfigPath): string[] {
  const { node } = findNode(root, path)
  return node?.kind === 'map' ? [...node.entries.keys()] : []
}

/** True for a section that could not be read: nobody knows its names. */
export function isUnread(root: ConfigNode, section: string): boolean {
  const { node } = findNode(root, [section])
  return node?.kind === 'scalar' && node.problem !== undefined
}

/** A module can add any field. */
const ANYTHING: readonly string[] = []

/** Names that `fields` and `rate` filters give to fields of their own. */
function addedFields(
  filters: NonNullable<CheckedConfig['filters']>,
): readonly string[] {
  const names: string[] = []
  for (const filter of Object.values(filters)) {
    if (filter.module !== undefined) return ANYTHING
    const { add, constant, rename } = Object(filter.fields)
    names.push(...Object.keys({ ...add, ...constant }))
    names.push(...Object.values(Object(rename)).map(String))
    const { attributes = [], suffix = '/s' } = Object(filter.rate)
    for (const attribute of attributes) names.push(`${attribute}${suffix}`)
  }
  return names
}

/** `{watch.FIELD}` in templates. */
function templateFields(
  { formatters = {} }: CheckedConfig,
  root: ConfigNode,
): Reference[] {
  return Object.entries(formatters).flatMap(([formatter, { format }]) => {
    const path = ['formatters', formatter, 'format']
    const { node } = findNode(root, path)
    const used = String(format ?? '').matchAll(/(?<!\{)\{watch\.([A-Za-z]\w*)/g)
    return [...used]
      .map(([, name = '']) => name)
      .filter(name => name !== 'full' && name !== 'csv')
      .map(name => ({
        section: 'fields',
        name,
        place: placeWithin(node?.place, name),
        path,
      }))
  })
}
