import { type Document, isMap, isSeq, type YAMLMap } from 'yaml'
import { CommandError } from '../../problem.ts'
import { addToList, addToMap, type YamlEdit } from '../yaml-edits.ts'
import { allMaps, findPair, resolveNode } from '../yaml-text.ts'

const FOLDER = '/opt/watch'
const NAME = 'mongowatch'

/** Where an init container puts the package, for all containers of a pod. */
export const COPIED_PRELOAD = `${FOLDER}/mongowatch/register.cjs`

/**
 * Lets each pod of these containers copy mongowatch out of an image that has
 * it, so that their own images need nothing.
 */
export function addImage(
  text: string,
  documents: readonly Document[],
  containers: readonly YAMLMap[],
  image: string,
): YamlEdit[] {
  const entries = {
    initContainers: initContainer(image),
    volumes: [`- {name: ${NAME}, emptyDir: {}}`],
  }
  const mounts = {
    volumeMounts: [`- {name: ${NAME}, mountPath: ${FOLDER}, readOnly: true}`],
  }
  return [
    ...documents.flatMap(document =>
      podsOf(document, containers).flatMap(pod =>
        addEntries(text, document, pod, entries),
      ),
    ),
    ...documents.flatMap(document =>
      containersOf(document, containers).flatMap(container =>
        addEntries(text, document, container, mounts),
      ),
    ),
  ]
}

function initContainer(image: string): string[] {
  const from = '/usr/local/lib/node_modules/mongowatch'
  return [
    `- name: ${NAME}`,
    `  image: ${JSON.stringify(image)}`,
    `  command: [cp, -R, ${from}, ${FOLDER}/]`,
    `  volumeMounts: [{name: ${NAME}, mountPath: ${FOLDER}}]`,
  ]
}

/** Adds an item to each list of a map, and the lists that are not there. */
function addEntries(
  text: string,
  document: Document,
  map: YAMLMap,
  entries: Readonly<Record<string, readonly string[]>>,
): YamlEdit[] {
  return Object.entries(entries).map(([key, item]) => {
    const flow = flowItem(item)
    const pair = findPair(map, key)
    if (pair === undefined) {
      const lines = [`${key}:`, ...item.map(line => `  ${line}`)]
      return addToMap(text, map, lines, `${key}: [${flow}]`)
    }
    const list = resolveNode(document, pair.value)
    if (!isSeq(list)) throw new CommandError(`${key} is no list`)
    return addToList(text, list, [...item], flow)
  })
}

/** An item of a list as it stands between brackets. */
function flowItem(lines: readonly string[]): string {
  const [first = '', ...rest] = lines.map(line => line.slice(2))
  return first.startsWith('{') ? first : `{${[first, ...rest].join(', ')}}`
}

function podsOf(document: Document, containers: readonly YAMLMap[]): YAMLMap[] {
  return [...allMaps(document.contents)].filter(map => {
    const list = findPair(map, 'containers')?.value
    const items = isSeq(list) ? list.items : []
    return items.some(item => isOneOf(resolveNode(document, item), containers))
  })
}

function containersOf(
  document: Document,
  containers: readonly YAMLMap[],
): YAMLMap[] {
  const all = [...allMaps(document.contents)]
  return all.filter(map => isOneOf(map, containers))
}

function isOneOf(node: unknown, maps: readonly YAMLMap[]): boolean {
  return isMap(node) && maps.some(map => map === node)
}
