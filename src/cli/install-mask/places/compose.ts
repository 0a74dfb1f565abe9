import { resolve } from 'node:path'
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
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
import { findPair, isEmptyNode, resolveNode, scalarText } from '../yaml-text.ts'
import { besideMark } from './byte-order-mark.ts'
import {
  inheritedOptions,
  isOptions,
  NAME,
  ownOptions,
  readCompose,
  type Service,
} from './compose-options.ts'
import { ownerOf, wantedServices } from './compose-services.ts'
import { withMaskedBefore } from './masked-before.ts'

/** Services of a compose file. */
export const COMPOSE: Place = besideMark({
  name: 'compose',
  title: 'containers: the services of a compose file',
  argument: { name: 'FILE', usual: 'compose.yaml' },
  reach: 'image',
  file: ({ cwd }, argument) => resolve(cwd, argument),
  install: (text = '', request, current) => {
    const all = withMaskedBefore(request, text, current, each =>
      optionsByName(each, request),
    )
    const file = readCompose(text, request.argument)
    const done = new Set<unknown>()
    const edits = wantedServices(file, all).flatMap(service =>
      editService(text, service, request, done),
    )
    return applyYamlEdits(text, edits)
  },
  uninstall: text => removeBlocks(text, '#'),
  note: file =>
    `Then: docker compose -f ${file} up -d. The images must have mongowatch; a NODE_OPTIONS of an image itself is replaced.`,
})

function optionsByName(
  text: string,
  { argument }: Request,
): Map<string, string | undefined> {
  const file = readCompose(text, argument)
  return new Map(
    file.services.items.map(({ key, value }) => {
      const map = resolveNode(file.document, value)
      const options = isMap(map) ? ownOptions({ file, map }) : undefined
      return [scalarText(key) ?? '', options]
    }),
  )
}

function editService(
  text: string,
  service: Service,
  request: Request,
  done: Set<unknown>,
): YamlEdit[] {
  const { document } = service.file
  const owner = ownerOf(document, service.map)
  const pair = findPair(owner, 'environment')
  const environment = resolveNode(document, pair?.value)
  if (service.isApart && isAlias(pair?.value)) {
    const only = JSON.stringify(withOption(service, request))
    const own = `{<<: *${pair.value.source}, ${NAME}: ${only}}`
    return [replaceNode(text, pair.value, own)]
  }
  const subject = environment ?? owner
  if (done.has(subject)) return []
  done.add(subject)
  const value = withOption(service, request)
  const only = JSON.stringify(value)
  if (isMap(environment)) return [editMap(text, environment, only)]
  if (isSeq(environment)) return [editList(text, service, environment, value)]
  if (pair !== undefined && isEmptyNode(environment)) {
    return [replaceValue(text, pair, `{${NAME}: ${only}}`)]
  }
  if (pair !== undefined) throw new CommandError('an environment is no list')
  const lines = ['environment:', `  ${NAME}: ${only}`]
  return [addToMap(text, owner, lines, `environment: {${NAME}: ${only}}`)]
}

/** What the service has now, wherever it is from, and the option. */
function withOption(service: Service, { preload }: Request): string {
  const before = ownOptions(service) ?? inheritedOptions(service)
  return addOption(before ?? '', preload.replaceAll('$', '$$$$'))
}

function editMap(text: string, environment: YAMLMap, value: string): YamlEdit {
  const own = findPair(environment, NAME)
  if (own !== undefined) return replaceValue(text, own, value)
  const line = `${NAME}: ${value}`
  return addToMap(text, environment, [line], line)
}

function editList(
  text: string,
  { file }: Service,
  environment: YAMLSeq,
  value: string,
): YamlEdit {
  const whole = JSON.stringify(`${NAME}=${value}`)
  const item = environment.items.findLast(each =>
    isOptions(scalarText(resolveNode(file.document, each)) ?? ''),
  )
  return isScalar(item) || isAlias(item)
    ? replaceNode(text, item, whole)
    : addToList(text, environment, [`- ${whole}`], whole)
}
