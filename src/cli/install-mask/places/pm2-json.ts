import { isNode, isScalar, type Pair } from 'yaml'
import { CommandError } from '../../problem.ts'
import type { Request } from '../place.ts'
import {
  type AppEnvironment,
  environmentMap,
  optionsOf,
  readApps,
} from './pm2-apps.ts'

/** JSON has no comments: a key that pm2 does not know says what was added. */
const MARK = '"//mongowatch": '
/** An `env` of ours has no space in it, an option in one of theirs has. */
const MARKS =
  /"\/\/mongowatch": "((?:[^"\\]|\\.)*)"(?:, "env": \{"NODE_OPTIONS":"\1"\})?(?:, )?/g

/** A range of the text and what stands there instead. */
interface Edit {
  readonly begin: number
  readonly end: number
  readonly text: string
}

/** The ecosystem file in JSON; nothing but a null is replaced. */
export function addToJson(text: string, request: Request): string {
  refuseOther(text)
  const option = JSON.stringify(request.preload)
  if (text.includes(option.slice(1, -1))) {
    throw new CommandError(
      `it names ${request.preload} already: where that stands the program is watched; take it out for mongowatch to add it to every app`,
    )
  }
  const done = new Set<unknown>()
  const edits = readApps(text)
    .flatMap(each => editApp(each, option))
    .filter(({ begin }) => !done.has(begin) && done.add(begin))
    .sort((one, other) => other.begin - one.begin)
  return edits.reduce(
    (result, { begin, end, text }) =>
      result.slice(0, begin) + text + result.slice(end),
    text,
  )
}

/** Takes away what the marks say. */
export function removeFromJson(text: string): string {
  const options = new Set([...text.matchAll(MARKS)].map(([, option]) => option))
  let result = text.replace(MARKS, '')
  for (const option of options) {
    result = result
      .replaceAll(`"NODE_OPTIONS": "${option}", `, '')
      .replaceAll(`"NODE_OPTIONS": "${option}"`, '')
      .replaceAll(`"${option} "`, 'null')
      .replaceAll(` ${option}"`, '"')
  }
  return result
}

function editApp(
  { document, app, pairs }: AppEnvironment,
  option: string,
): Edit[] {
  const isNew = !pairs.some(pair => String(pair.key) === 'env')
  const env = isNew ? `, "env": {"NODE_OPTIONS":${option}}` : ''
  const comma = app.items.length === 0 ? '' : ', '
  const first = insert(begin(app) + 1, `${MARK}${option}${env}${comma}`)
  return [first, ...pairs.map(pair => editEnvironment(document, pair, option))]
}

/** Inside the string that is there, or as the first entry of the map. */
function editEnvironment(
  document: AppEnvironment['document'],
  pair: Pair,
  option: string,
): Edit {
  const map = environmentMap(document, pair)
  if (map === undefined) throw new CommandError('an env is no map')
  const { own } = optionsOf(document, map)
  if (own === undefined) {
    const comma = map.items.length === 0 ? '' : ', '
    return insert(begin(map) + 1, `"NODE_OPTIONS": ${option}${comma}`)
  }
  const text = option.slice(1, -1)
  if (!isScalar(own.value)) throw new CommandError('NODE_OPTIONS is no text')
  if (own.value.value === null) {
    return { begin: begin(own.value), end: end(own.value), text: `"${text} "` }
  }
  if (typeof own.value.value !== 'string') {
    throw new CommandError('NODE_OPTIONS is no text')
  }
  return insert(end(own.value) - 1, ` ${text}`)
}

function refuseOther(text: string): void {
  try {
    JSON.parse(text)
  } catch (error) {
    throw new CommandError('it is no JSON; comments are not understood', {
      cause: error,
    })
  }
}

const insert = (at: number, text: string): Edit => ({
  begin: at,
  end: at,
  text,
})

const begin = (node: unknown) => (isNode(node) ? (node.range?.[0] ?? 0) : 0)

const end = (node: unknown) => (isNode(node) ? (node.range?.[1] ?? 0) : 0)
