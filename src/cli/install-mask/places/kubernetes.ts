import { resolve } from 'node:path'
import { type Document, isMap, isSeq, type YAMLMap } from 'yaml'
import { CommandError } from '../../problem.ts'
import { removeBlocks } from '../marked-block.ts'
import type { Place, Request } from '../place.ts'
import { addOption, refuseCharacters } from '../preload.ts'
import {
  addToList,
  addToMap,
  applyYamlEdits,
  replaceValue,
  type YamlEdit,
} from '../yaml-edits.ts'
import {
  allMaps,
  findPair,
  isEmptyNode,
  readDocuments,
  resolveNode,
  scalarText,
} from '../yaml-text.ts'
import { addImage } from './kubernetes-image.ts'

const NAME = 'NODE_OPTIONS'

/** Containers of whatever has a pod: printed, for kubectl to apply. */
export const KUBERNETES: Place = {
  name: 'kubernetes',
  title: 'containers: a Kubernetes manifest (printed, not applied)',
  argument: { name: 'FILE' },
  reach: 'image',
  printed: true,
  file: ({ cwd }, argument) => resolve(cwd, argument),
  install: (text = '', request) => {
    refuseCharacters(request, /\$/, 'A manifest')
    const documents = readDocuments(text, 'a manifest (a Helm template?)')
    const found = containers(documents, request)
    const edits = found.map(([document, container]) =>
      editContainer(text, document, container, request),
    )
    const { image } = request
    const maps = found.map(([, container]) => container)
    const more = image && addImage(text, documents, maps, image)
    return applyYamlEdits(text, more ? [...edits, ...more] : edits)
  },
  uninstall: text => removeBlocks(text, '#'),
  note: () =>
    'Nothing was applied. The images must have mongowatch, or --image names one to copy it from; a NODE_OPTIONS of an image itself is replaced.',
}

function containers(
  documents: readonly Document[],
  { services }: Request,
): [Document, YAMLMap][] {
  const all = documents.flatMap(allContainers)
  const isWanted = ([, map]: [Document, YAMLMap]) =>
    services.length === 0 || services.includes(nameOf(map))
  const wanted = all.filter(isWanted)
  const names = all.map(([, map]) => nameOf(map))
  const unknown = services.find(name => !names.includes(name))
  if (unknown !== undefined) {
    throw new CommandError(`it has no container "${unknown}"`)
  }
  if (wanted.length === 0) throw new CommandError('it has no containers')
  return wanted
}

/** The containers of everything in a document that has a pod. */
function allContainers(document: Document): [Document, YAMLMap][] {
  const found = new Set<YAMLMap>()
  for (const map of allMaps(document.contents)) {
    const list = findPair(map, 'containers')?.value
    for (const item of isSeq(list) ? list.items : []) {
      const container = resolveNode(document, item)
      if (isMap(container)) found.add(container)
    }
  }
  return [...found].map(container => [document, container])
}

const nameOf = (map: YAMLMap) => scalarText(findPair(map, 'name')?.value) ?? ''

function editContainer(
  text: string,
  document: Document,
  container: YAMLMap,
  { preload }: Request,
): YamlEdit {
  const pair = findPair(container, 'env')
  const env = resolveNode(document, pair?.value)
  const only = JSON.stringify(preload)
  const item = `{name: ${NAME}, value: ${only}}`
  const lines = [`- name: ${NAME}`, `  value: ${only}`]
  if (pair === undefined) {
    const block = ['env:', ...lines.map(line => `  ${line}`)]
    return addToMap(text, container, block, `env: [${item}]`)
  }
  if (isEmptyNode(env)) return replaceValue(text, pair, `[${item}]`)
  if (!isSeq(env)) throw new CommandError('an env is no list')
  const own = env.items.find(
    (each): each is YAMLMap => isMap(each) && nameOf(each) === NAME,
  )
  if (own === undefined) return addToList(text, env, lines, item)
  const value = findPair(own, 'value')
  const old = scalarText(value?.value)
  if (value === undefined || old === undefined) {
    throw new CommandError(
      `${NAME} of container "${nameOf(container)}" comes from elsewhere (valueFrom); add the option there: ${preload}`,
    )
  }
  return replaceValue(text, value, JSON.stringify(addOption(old, preload)))
}
