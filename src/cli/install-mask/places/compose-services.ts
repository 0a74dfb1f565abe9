import { type Document, isAlias, isMap, type YAMLMap } from 'yaml'
import { CommandError } from '../../problem.ts'
import type { Request } from '../place.ts'
import {
  findMerged,
  findPair,
  mergedMaps,
  resolveNode,
  scalarText,
} from '../yaml-text.ts'
import {
  baseOf,
  type ComposeFile,
  ownOptions,
  type Service,
} from './compose-options.ts'

/** The services to change: all, or those that are named. */
export function wantedServices(
  file: ComposeFile,
  { services: names }: Request,
): Service[] {
  const all = servicesOf(file)
  const unknown = names.find(name => !all.has(name))
  if (unknown !== undefined) {
    throw new CommandError(`it has no service "${unknown}"`)
  }
  const isWanted = (name: string) => names.length === 0 || names.includes(name)
  const others = [...all].filter(([name]) => !isWanted(name))
  const services = [...all]
    .filter(([name]) => isWanted(name))
    .map(([name, service]) => apartFrom(others, name, service))
  const maps = services.map(({ map }) => map)
  return services.filter(service => !extendsOneOf(maps, service))
}

function servicesOf(file: ComposeFile): Map<string, Service> {
  const found = new Map<string, Service>()
  for (const { key, value } of file.services.items) {
    const map = resolveNode(file.document, value)
    if (isMap(map)) found.set(scalarText(key) ?? '', { file, map })
  }
  return found
}

/** What it extends is changed, and it has nothing of its own to add to. */
function extendsOneOf(maps: readonly YAMLMap[], service: Service): boolean {
  const base = baseOf(service)
  if (base === undefined || ownOptions(service) !== undefined) return false
  return maps.includes(base.map) || extendsOneOf(maps, base)
}

/**
 * A service whose environment others share (an anchor) cannot change it; one
 * that only names it (an alias) can add to it.
 */
function apartFrom(
  others: readonly [string, Service][],
  name: string,
  service: Service,
): Service {
  const subject = subjectOf(service)
  const other = others.find(([, each]) => subjectOf(each) === subject)
  if (other === undefined) return service
  const own = findPair(service.map, 'environment')
  if (isAlias(own?.value) && isMap(subject))
    return { ...service, isApart: true }
  throw new CommandError(
    `the services "${name}" and "${other[0]}" share their environment (an anchor): name both with --service, or give "${name}" an environment of its own`,
  )
}

function subjectOf({ file, map }: Service): unknown {
  const owner = ownerOf(file.document, map)
  const pair = findPair(owner, 'environment')
  return resolveNode(file.document, pair?.value) ?? owner
}

/** The map that says the environment: the service or what it merges. */
export function ownerOf(document: Document, service: YAMLMap): YAMLMap {
  if (findPair(service, 'environment') !== undefined) return service
  const from = mergedMaps(document, service).find(
    map => findMerged(document, map, 'environment') !== undefined,
  )
  return from === undefined ? service : ownerOf(document, from)
}
