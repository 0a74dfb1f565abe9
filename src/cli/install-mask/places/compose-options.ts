import { dirname, resolve } from 'node:path'
import { type Document, isMap, isSeq, type YAMLMap } from 'yaml'
import { CommandError } from '../../problem.ts'
import { readBytes } from '../files.ts'
import {
  findMerged,
  isEmptyNode,
  readDocuments,
  resolveNode,
  scalarText,
} from '../yaml-text.ts'
import { readAssignment } from './assignment.ts'

/** The variable that is written. */
export const NAME = 'NODE_OPTIONS'

/** What stands for a variable that compose takes from its own environment. */
export const FROM_HOST = '${NODE_OPTIONS-}'

/** A compose file. */
export interface ComposeFile {
  readonly document: Document
  readonly services: YAMLMap
  readonly folder: string
}

/** A service and the file in which it stands. */
export interface Service {
  readonly file: ComposeFile
  readonly map: YAMLMap
  /** Its environment is an alias of what others have, and they keep it. */
  readonly isApart?: boolean
}

/** Reads a compose file; its path says where other files are. */
export function readCompose(text: string, path: string): ComposeFile {
  const [document] = readDocuments(text, 'a compose file')
  const root = document?.contents
  const services = isMap(root) ? root.get('services', true) : undefined
  if (document === undefined || !isMap(services)) {
    throw new CommandError('it has no services')
  }
  return { document, services, folder: dirname(path) }
}

/** What NODE_OPTIONS is without an environment of its own. */
export function inheritedOptions(service: Service): string | undefined {
  const base = baseOf(service)
  return (base && environmentOf(base)) ?? optionsOfEnvFiles(service)
}

/** NODE_OPTIONS in the environment of a service itself. */
export function ownOptions({ file, map }: Service): string | undefined {
  const { document } = file
  const pair = findMerged(document, map, 'environment')
  const environment = resolveNode(document, pair?.value)
  if (isMap(environment)) {
    const value = findMerged(document, environment, NAME)
    return value && optionsText(resolveNode(document, value.value))
  }
  if (!isSeq(environment)) return undefined
  const text = environment.items
    .map(item => scalarText(resolveNode(document, item)) ?? '')
    .findLast(isOptions)
  return text === NAME ? FROM_HOST : text?.slice(NAME.length + 1)
}

/** Is an item of a list NODE_OPTIONS? */
export const isOptions = (text: string): boolean =>
  /^NODE_OPTIONS(=|$)/.test(text)

function optionsText(node: unknown): string {
  if (isEmptyNode(node)) return FROM_HOST
  const text = scalarText(node)
  if (text === undefined) throw new CommandError(`${NAME} is no text`)
  return text
}

function environmentOf(service: Service): string | undefined {
  const own = ownOptions(service)
  if (own !== undefined) return own
  const base = baseOf(service)
  return base && environmentOf(base)
}

/** The service that one extends, if it can be found. */
export function baseOf({ file, map }: Service): Service | undefined {
  const { document, folder } = file
  const node = resolveNode(
    document,
    findMerged(document, map, 'extends')?.value,
  )
  const name = isMap(node) ? node.get('service') : scalarText(node)
  const other = isMap(node) ? node.get('file') : undefined
  const from = other === undefined ? file : otherFile(folder, String(other))
  const base = resolveNode(
    from?.document ?? document,
    from?.services.get(name, true),
  )
  return from && isMap(base) && base !== map
    ? { file: from, map: base }
    : undefined
}

function otherFile(folder: string, name: string): ComposeFile | undefined {
  const path = resolve(folder, name)
  const text = readBytes(path)
  return text === undefined ? undefined : readCompose(text, path)
}

/** The last of the files that sets it, the own ones before the extended. */
function optionsOfEnvFiles(service: Service): string | undefined {
  const { file, map } = service
  const { document, folder } = file
  const node = resolveNode(
    document,
    findMerged(document, map, 'env_file')?.value,
  )
  const items: readonly unknown[] = isSeq(node) ? node.items : [node]
  const values = items
    .map(item => resolveNode(document, item))
    .map(item => (isMap(item) ? item.get('path') : scalarText(item)))
    .filter(path => typeof path === 'string')
    .map(path => readAssignment(readBytes(resolve(folder, path)) ?? ''))
  const own = values.findLast(value => value !== undefined)
  if (own !== undefined) return composeText(own)
  const base = baseOf(service)
  return base && optionsOfEnvFiles(base)
}

/** Between single quotes a `$` is no variable. */
function composeText({ value, mark }: { value: string; mark: string }): string {
  return mark === "'" ? value.replaceAll('$', '$$$$') : value
}
