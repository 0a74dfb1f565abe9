import { resolve } from 'node:path'
import { type Document, isMap, isSeq, type YAMLMap, type YAMLSeq } from 'yaml'
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
import { besideMark } from './byte-order-mark.ts'
import { addImage } from './kubernetes-image.ts'
import { withMaskedBefore } from './masked-before.ts'

const NAME = 'NODE_OPTIONS'

/** Containers of whatever has a pod: printed, for kubectl to apply. */
export const KUBERNETES: Place = besideMark({
  name: 'kubernetes',
  title: 'containers: a Kubernetes manifest (printed, not applied)',
  argument: { name: 'FILE' },
  reach: 'image',
  printed: true,
  file: ({ cwd }, argument) => resolve(cwd, argument),
  install: (text = '', request, current) => {
    refuseCharacters(request, /\$/, 'A manifest')
    const documents = readManifest(text)
    const all = withMaskedBefore(request, text, current, optionsByName)
    const found = containers(documents, all)
    const done = new Set<unknown>()
    const edits = found.flatMap(([document, container]) =>
      editContainer(text, document, container, request, done),
    )
    const { image } = request
    const maps = found.map(([, container]) => container)
    const more = image && addImage(text, documents, maps, image)
    return applyYamlEdits(text, more ? [...edits, ...more] : edits)
  },
  uninstall: text => removeBlocks(text, '#'),
  note: () =>
    'Nothing was applied. The images must have mongowatch, or --image names one to copy it from; a NODE_OPTIONS of an image itself is replaced.',
})

const readManifest = (text: string) =>
  readDocuments(text, 'a manifest (a Helm template?)')

function optionsByName(text: string): Map<string, string | undefined> {
  const all = readManifest(text).flatMap(allContainers)
  return new Map(
    all.map(([document, map]) => [nameOf(map), optionsOf(document, map)]),
  )
}

function optionsOf(document: Document, container: YAMLMap): string | undefined {
  const env = envOf(document, container)
  const own = isSeq(env) ? findOptions(document, env) : undefined
  const value = own && resolveNode(document, findPair(own, 'value')?.value)
  return scalarText(value)
}

const envOf = (document: Document, container: YAMLMap) =>
  resolveNode(document, findPair(container, 'env')?.value)

function findOptions(document: Document, env: YAMLSeq): YAMLMap | undefined {
  return env.items
    .map(item => resolveNode(document, item))
    .findLast((item): item is YAMLMap => isMap(item) && nameOf(item) === NAME)
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
  const others = all.filter(each => !isWanted(each))
  for (const each of wanted) refuseShared(each, others)
  return wanted
}

/** An anchor cannot be changed for one of the containers that use it. */
function refuseShared(
  [document, map]: [Document, YAMLMap],
  others: readonly [Document, YAMLMap][],
): void {
  const env = envOf(document, map)
  const other = others.find(
    ([, each]) => isSeq(env) && envOf(document, each) === env,
  )
  if (other === undefined) return
  throw new CommandError(
    `the containers "${nameOf(map)}" and "${nameOf(other[1])}" share their env (an anchor): name both with --service, or give "${nameOf(map)}" an env of its own`,
  )
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
  done: Set<unknown>,
): YamlEdit[] {
  const pair = findPair(container, 'env')
  const env = envOf(document, container)
  const subject = env ?? container
  if (done.has(subject)) return []
  done.add(subject)
  const only = JSON.stringify(preload)
  const item = `{name: ${NAME}, value: ${only}}`
  const lines = [`- name: ${NAME}`, `  value: ${only}`]
  if (pair === undefined) {
    const block = ['env:', ...lines.map(line => `  ${line}`)]
    return [addToMap(text, container, block, `env: [${item}]`)]
  }
  if (isEmptyNode(env)) return [replaceValue(text, pair, `[${item}]`)]
  if (!isSeq(env)) throw new CommandError('an env is no list')
  const own = findOptions(document, env)
  if (own === undefined) return [addToList(text, env, lines, item)]
  if (done.has(own)) return []
  done.add(own)
  return [addToValue(text, document, own, container, preload)]
}

function addToValue(
  text: string,
  document: Document,
  own: YAMLMap,
  container: YAMLMap,
  preload: string,
): YamlEdit {
  const value = findPair(own, 'value')
  const old = scalarText(resolveNode(document, value?.value))
  if (value === undefined || old === undefined) {
    throw new CommandError(
      `${NAME} of container "${nameOf(container)}" comes from elsewhere (valueFrom); add the option there: ${preload}`,
    )
  }
  return replaceValue(text, value, JSON.stringify(addOption(old, preload)))
}
