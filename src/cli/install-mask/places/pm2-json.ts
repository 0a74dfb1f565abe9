import { isNode, type Pair, type YAMLMap } from 'yaml'
import { CommandError } from '../../problem.ts'
import type { Request } from '../place.ts'
import { environmentMap, optionsOf, readApps } from './pm2-apps.ts'

/** JSON has no comments: a key that pm2 does not know says what was added. */
const MARK = '"//mongowatch": '
const MARKS = /"\/\/mongowatch": "((?:[^"\\]|\\.)*)", /g

interface Insertion {
  readonly at: number
  readonly text: string
}

/** The ecosystem file in JSON; text is added, none is replaced. */
export function addToJson(text: string, request: Request): string {
  refuseOther(text)
  const option = JSON.stringify(request.preload)
  const insertions = readApps(text).flatMap(({ document, app, pairs }) => {
    const isNew = !pairs.some(pair => String(pair.key) === 'env')
    const env = isNew ? `"env": {"NODE_OPTIONS": ${option}}, ` : ''
    const first = { at: start(app) + 1, text: `${MARK}${option}, ${env}` }
    return [first, ...pairs.map(pair => insertion(document, pair, option))]
  })
  const sorted = insertions.sort((one, other) => other.at - one.at)
  return sorted.reduce(
    (result, { at, text }) => result.slice(0, at) + text + result.slice(at),
    text,
  )
}

/** Takes away what the marks say. */
export function removeFromJson(text: string): string {
  const options = new Set([...text.matchAll(MARKS)].map(([, option]) => option))
  let result = text.replace(MARKS, '')
  for (const option of options) {
    result = result
      .replaceAll(`"env": {"NODE_OPTIONS": "${option}"}, `, '')
      .replaceAll(`"NODE_OPTIONS": "${option}", `, '')
      .replaceAll(`"NODE_OPTIONS": "${option}"`, '')
      .replaceAll(` ${option}"`, '"')
  }
  return result
}

/** Inside the string that is there, or as the first entry of the map. */
function insertion(
  document: Parameters<typeof environmentMap>[0],
  pair: Pair,
  option: string,
): Insertion {
  const map = environmentMap(document, pair)
  if (map === undefined) throw new CommandError('an env is no map')
  const { own } = optionsOf(document, map)
  if (own !== undefined) {
    return { at: end(own.value) - 1, text: ` ${option.slice(1, -1)}` }
  }
  const comma = map.items.length === 0 ? '' : ', '
  return { at: start(map) + 1, text: `"NODE_OPTIONS": ${option}${comma}` }
}

function refuseOther(text: string): void {
  try {
    JSON.parse(text.replace(/^\u00ef\u00bb\u00bf/, ''))
  } catch (error) {
    throw new CommandError('it is no JSON; comments are not understood', {
      cause: error,
    })
  }
}

const start = (map: YAMLMap) => map.range?.[0] ?? 0

const end = (node: unknown) => (isNode(node) ? (node.range?.[1] ?? 0) : 0)
