import { resolve } from 'node:path'
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { CommandError } from '../../problem.ts'
import { removeBlocks } from '../marked-block.ts'
import type { Place, Request } from '../place.ts'
import { addOption } from '../preload.ts'
import {
  addToList,
  addToMap,
  applyYamlEdits,
  replaceNode,
  replaceValue,
  type YamlEdit,
} from '../yaml-edits.ts'
import {
  findMerged,
  findPair,
  isEmptyNode,
  mergedMaps,
  readDocuments,
  resolveNode,
  scalarText,
} from '../yaml-text.ts'

const NAME = 'NODE_OPTIONS'

/** Services of a compose file. */
export const COMPOSE: Place = {
  name: 'compose',
  title: 'containers: the services of a compose file',
  argument: { name: 'FILE', usual: 'compose.yaml' },
  reach: 'image',
  file: ({ cwd }, argument) => resolve(cwd, argument),
  install: (text = '', request) => {
    const [document] = readDocuments(text, 'a compose file')
    if (document === undefined) throw new CommandError('it has no services')
    return applyYamlEdits(text, editServices(text, document, request))
  },
  uninstall: text => removeBlocks(text, '#'),
  note: file =>
    `Then: docker compose -f ${file} up -d. The images must have mongowatch; a NODE_OPTIONS of an image itself is replaced.`,
}

function editServices(
  text: string,
  document: Document,
  request: Request,
): YamlEdit[] {
  const services = document.get('services')
  if (!isMap(services)) throw new CommandError('it has no services')
  const names = services.items.map(pair => scalarText(pair.key) ?? '')
  const unknown = request.services.find(name => !names.includes(name))
  if (unknown !== undefined) {
    throw new CommandError(`it has no service "${unknown}"`)
  }
  const done = new Set<unknown>()
  const edits: YamlEdit[] = []
  for (const [index, { value }] of services.items.entries()) {
    const wanted = request.services.length === 0
    if (!wanted && !request.services.includes(names[index] ?? '')) continue
    const service = resolveNode(document, value)
    if (!isMap(service) || extendsOther(service, services)) continue
    const edit = editService(text, document, service, request, done)
    if (edit !== undefined) edits.push(edit)
  }
  return edits
}

/** What it extends is changed, and it has nothing of its own to add to. */
function extendsOther(service: YAMLMap, services: YAMLMap): boolean {
  const base = findPair(service, 'extends')?.value
  const name = isMap(base)
    ? scalarText(base.get('service', true))
    : scalarText(base)
  const isElsewhere = isMap(base) && base.has('file')
  if (name === undefined || isElsewhere || !services.has(name)) return false
  const environment = findPair(service, 'environment')?.value
  return !(isMap(environment) && environment.has(NAME))
}

function editService(
  text: string,
  document: Document,
  service: YAMLMap,
  request: Request,
  done: Set<unknown>,
): YamlEdit | undefined {
  const owner = ownerOf(document, service)
  const pair = findPair(owner, 'environment')
  const environment = resolveNode(document, pair?.value)
  const subject = environment ?? owner
  if (done.has(subject)) return undefined
  done.add(subject)
  const only = JSON.stringify(escapeDollar(request.preload))
  if (isMap(environment)) {
    return editMap(text, document, environment, request)
  }
  if (isSeq(environment)) return editList(text, environment, request)
  if (pair !== undefined && isEmptyNode(environment)) {
    return replaceValue(text, pair, `{${NAME}: ${only}}`)
  }
  if (pair !== undefined) throw new CommandError('an environment is no list')
  const lines = ['environment:', `  ${NAME}: ${only}`]
  return addToMap(text, owner, lines, `environment: {${NAME}: ${only}}`)
}

/** The map that says the environment: the service or what it merges. */
function ownerOf(document: Document, service: YAMLMap): YAMLMap {
  if (findPair(service, 'environment') !== undefined) return service
  const from = mergedMaps(document, service).find(
    map => findMerged(document, map, 'environment') !== undefined,
  )
  return from === undefined ? service : ownerOf(document, from)
}

function editMap(
  text: string,
  document: Document,
  environment: YAMLMap,
  request: Request,
): YamlEdit {
  const own = findPair(environment, NAME)
  const before = own ?? findMerged(document, environment, NAME)
  const value = JSON.stringify(withOption(before, request))
  if (own !== undefined) return replaceValue(text, own, value)
  const line = `${NAME}: ${value}`
  return addToMap(text, environment, [line], line)
}

function withOption(before: Pair | undefined, request: Request): string {
  const option = escapeDollar(request.preload)
  if (before === undefined) return option
  if (isEmptyNode(before.value)) return `${FROM_HOST} ${option}`
  const value = scalarText(before.value)
  if (value === undefined) throw new CommandError(`${NAME} is no text`)
  return addOption(value, option)
}

const FROM_HOST = '${NODE_OPTIONS-}'

function editList(
  text: string,
  environment: YAMLSeq,
  request: Request,
): YamlEdit {
  const option = escapeDollar(request.preload)
  const item = environment.items.find(each =>
    /^NODE_OPTIONS(=|$)/.test(scalarText(each) ?? ''),
  )
  if (!isScalar(item)) {
    const text_ = JSON.stringify(`${NAME}=${option}`)
    return addToList(text, environment, [`- ${text_}`], text_)
  }
  const old = scalarText(item)?.slice(NAME.length + 1)
  const value =
    scalarText(item) === NAME
      ? `${FROM_HOST} ${option}`
      : addOption(old ?? '', option)
  return replaceNode(text, item, JSON.stringify(`${NAME}=${value}`))
}

/** A `$` begins a variable in a compose file. */
const escapeDollar = (text: string) => text.replaceAll('$', '$$$$')
