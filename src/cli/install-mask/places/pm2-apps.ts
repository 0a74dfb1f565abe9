import { type Document, isMap, isSeq, type Pair, type YAMLMap } from 'yaml'
import { CommandError } from '../../problem.ts'
import {
  findMerged,
  isEmptyNode,
  readDocuments,
  resolveNode,
  scalarText,
} from '../yaml-text.ts'

/** What pm2 puts into the environment of an application. */
export interface AppEnvironment {
  readonly document: Document
  readonly app: YAMLMap
  /** Its `env`, and every `env_NAME` that sets NODE_OPTIONS itself. */
  readonly pairs: readonly Pair[]
}

/** The applications of an ecosystem file; JSON is YAML too. */
export function readApps(text: string): AppEnvironment[] {
  const [document] = readDocuments(text, 'an ecosystem file')
  const root = document?.contents
  const list = isMap(root) && root.has('apps') ? root.get('apps', true) : root
  const items = isSeq(list) ? list.items : [list]
  const apps = items.flatMap(item => {
    const app = document && resolveNode(document, item)
    return document && isMap(app) ? [{ document, app }] : []
  })
  if (apps.length === 0) throw new CommandError('it has no apps')
  return apps.map(each => ({ ...each, pairs: environments(each) }))
}

function environments({
  document,
  app,
}: Pick<AppEnvironment, 'document' | 'app'>): Pair[] {
  const env = findMerged(document, app, 'env')
  const named = app.items.filter(({ key, value }) => {
    const map = resolveNode(document, value)
    const isNamed = scalarText(key)?.startsWith('env_') === true
    return isNamed && isMap(map) && findMerged(document, map, 'NODE_OPTIONS')
  })
  return env === undefined ? named : [env, ...named]
}

/** The map of an environment; undefined for one that is there but empty. */
export function environmentMap(
  document: Document,
  pair: Pair,
): YAMLMap | undefined {
  const map = resolveNode(document, pair.value)
  if (isMap(map)) return map
  if (isEmptyNode(map)) return undefined
  throw new CommandError('an env is no map')
}

/** NODE_OPTIONS of an environment, as text. */
export function optionsOf(
  document: Document,
  map: YAMLMap,
): { readonly own: Pair | undefined; readonly value: string } {
  const pair = findMerged(document, map, 'NODE_OPTIONS')
  if (pair === undefined) return { own: undefined, value: '' }
  const value = isEmptyNode(pair.value) ? '' : scalarText(pair.value)
  if (value === undefined) throw new CommandError('NODE_OPTIONS is no text')
  return { own: map.items.includes(pair) ? pair : undefined, value }
}
