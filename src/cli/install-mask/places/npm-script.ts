import { resolve } from 'node:path'
import { isMap, isScalar, parseDocument } from 'yaml'
import { CommandError } from '../../problem.ts'
import type { Place } from '../place.ts'
import { refuseCharacters } from '../preload.ts'

/** Before the script; `: mongowatch` says where it ends. */
const PREFIX =
  /export NODE_OPTIONS=\\"\$\{NODE_OPTIONS-\} \\"'[^']*' && : mongowatch; /g
/** Inside a value that the script sets itself. */
const INSERTION = /(?<=NODE_OPTIONS=)'(?:\\")?--(?:require|import)=[^']* '/g

/** A script of package.json. JSON has no comments: all is in the script. */
export const NPM_SCRIPT: Place = {
  name: 'npm',
  title: 'one npm script: package.json',
  argument: { name: 'SCRIPT', usual: 'start' },
  reach: 'user',
  file: ({ cwd }) => resolve(cwd, 'package.json'),
  install: (text = '', request) => {
    refuseCharacters(request, /'/, 'An npm script')
    const [begin, end] = scriptRange(text, request.argument)
    const script = text.slice(begin, end)
    const option = JSON.stringify(request.preload).slice(1, -1)
    const changed = script.includes('NODE_OPTIONS=')
      ? script.replaceAll('NODE_OPTIONS=', `NODE_OPTIONS='${option} '`)
      : `"${prefix(option)}${script.slice(1)}`
    return text.slice(0, begin) + changed + text.slice(end)
  },
  uninstall: text => text.replace(PREFIX, '').replace(INSERTION, ''),
  note: script => `npm run ${script} has it, where npm uses a POSIX shell.`,
}

function prefix(option: string): string {
  return `export NODE_OPTIONS=\\"\${NODE_OPTIONS-} \\"'${option}' && : mongowatch; `
}

/** Where the script's JSON string is. YAML reads JSON and knows places. */
function scriptRange(text: string, name: string): [number, number] {
  const document = parseDocument(text, { uniqueKeys: false })
  const scripts = document.get('scripts')
  const script = isMap(scripts) ? scripts.get(name, true) : undefined
  if (!isScalar(script) || typeof script.value !== 'string' || !script.range) {
    throw new CommandError(`package.json has no script "${name}"`)
  }
  return [script.range[0], script.range[1]]
}
