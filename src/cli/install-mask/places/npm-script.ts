import { resolve } from 'node:path'
import { isMap, isScalar, type Pair, parseDocument } from 'yaml'
import { CommandError } from '../../problem.ts'
import type { Place, Request } from '../place.ts'
import { refuseCharacters } from '../preload.ts'
import { scalarText } from '../yaml-text.ts'
import { besideMark } from './byte-order-mark.ts'
import { jsonCharacters, jsonText } from './json-string.ts'
import { scriptObstacle } from './script-obstacle.ts'
import { findAssignments, insertion, SETTINGS } from './shell-assignments.ts'

/**
 * Before the script; `: mongowatch` says where it ends. package.json may come
 * to a machine on which nothing is installed, so the stub is looked for.
 */
const PREFIX =
  /^"(?:\[ ! -r '[^']*' \] \|\| )?export NODE_OPTIONS=\\"\$\{NODE_OPTIONS:\+\$NODE_OPTIONS \}\\"'([^']*)' && : mongowatch; /

/** A script of package.json. JSON has no comments: all is in the script. */
export const NPM_SCRIPT: Place = besideMark({
  name: 'npm',
  title: 'one npm script: package.json',
  argument: { name: 'SCRIPT', usual: 'start' },
  reach: 'user',
  file: ({ cwd }) => resolve(cwd, 'package.json'),
  install: (text, request) => {
    if (text === undefined) throw new CommandError('there is no such file')
    refuseOtherThanJson(text)
    refuseCharacters(request, /'/, 'An npm script')
    const [begin, end] = scriptRange(text, request.argument)
    const script = text.slice(begin, end)
    return text.slice(0, begin) + masked(script, request) + text.slice(end)
  },
  uninstall: (text, script) =>
    scriptRanges(text, script)
      .sort((one, other) => other[0] - one[0])
      .reduce(
        (result, [begin, end]) =>
          result.slice(0, begin) +
          unmasked(result.slice(begin, end)) +
          result.slice(end),
        text,
      ),
  obstacle: (text, script) =>
    scriptObstacle(commandOf(text.slice(...scriptRange(text, script)))),
  note: script => `npm run ${script} has it, where npm uses a POSIX shell.`,
})

/** `${NODE_OPTIONS:---a}` */
const DEFAULT = /\$\{NODE_OPTIONS:?[-=](?!\})/

/** Exports the option, and adds it to whatever the script sets itself. */
function masked(script: string, request: Request): string {
  const { preload, argument } = request
  const characters = jsonCharacters(script)
  const command = commandOf(script)
  if (command.includes(preload)) {
    throw new CommandError(
      `the script "${argument}" names ${preload} already: what it stands before is watched; take it out for mongowatch to add it to the whole script`,
    )
  }
  if (DEFAULT.test(command)) {
    throw new CommandError(
      `the script "${argument}" has a default for NODE_OPTIONS, which does not count when it is set: add the option there by hand, --print says it`,
    )
  }
  if (/cross-env.*NODE_OPTIONS=/s.test(command)) {
    refuseCharacters(request, /"/, 'cross-env') // it takes quotes for its own
  }
  let result = ''
  let at = 1
  for (const { index, setting } of findAssignments(command)) {
    const place = characters[index]?.begin ?? script.length - 1
    const added = jsonText(insertion(preload, setting))
    result += script.slice(at, place) + added
    at = place
  }
  return `"${prefix(request)}${result}${script.slice(at)}`
}

const commandOf = (script: string) =>
  jsonCharacters(script)
    .map(({ text }) => text)
    .join('')

function prefix({ preload, stub }: Request): string {
  const option = jsonText(preload)
  return `[ ! -r '${jsonText(stub)}' ] || export NODE_OPTIONS=\\"\${NODE_OPTIONS:+$NODE_OPTIONS }\\"'${option}' && : mongowatch; `
}

function unmasked(script: string): string {
  const [head, option] = PREFIX.exec(script) ?? []
  if (head === undefined || option === undefined) return script
  const preload: string = JSON.parse(`"${option}"`)
  const name = 'NODE_OPTIONS='
  return SETTINGS.reduce(
    (text, setting) =>
      text.replaceAll(name + jsonText(insertion(preload, setting)), name),
    `"${script.slice(head.length)}`,
  )
}

function refuseOtherThanJson(text: string): void {
  try {
    JSON.parse(text)
  } catch (error) {
    throw new CommandError('it is no JSON', { cause: error })
  }
}

function scriptRange(text: string, name: string): [number, number] {
  const range = scriptRanges(text, name).at(-1)
  if (range !== undefined) return range
  throw new CommandError(`it has no script "${name}"`)
}

/** Where JSON strings of scripts are. YAML reads JSON and knows places. */
function scriptRanges(text: string, name?: string): [number, number][] {
  const document = parseDocument(text, { uniqueKeys: false })
  const root = document.contents
  const scripts = isMap(root) ? root.get('scripts') : undefined
  const pairs: readonly Pair[] = isMap(scripts) ? scripts.items : []
  return pairs.flatMap(({ key, value }): [number, number][] => {
    const isWanted = name === undefined || scalarText(key) === name
    const isText = isScalar(value) && typeof value.value === 'string'
    if (!isWanted || !isText || !value.range) return []
    return [[value.range[0], value.range[1]]]
  })
}
