import { join, resolve } from 'node:path'
import { CommandError } from '../../problem.ts'
import {
  appendBlock,
  lineEndOf,
  removeBlocks,
  replaceRange,
} from '../marked-block.ts'
import type { Place, Request } from '../place.ts'
import { addOption, refuseCharacters } from '../preload.ts'
import {
  type AssignmentLine,
  readAssignment,
  refuseWithin,
} from './assignment.ts'
import { besideMark } from './byte-order-mark.ts'

/** Files of NAME=value lines. */
export const ENVIRONMENT_PLACES: readonly Place[] = [
  besideMark({
    name: 'environment',
    title: "all users' sessions: /etc/environment",
    reach: 'system',
    file: ({ root }) => join(root, '/etc/environment'),
    install: (text, request) => {
      refuseCharacters(request, /#/, '/etc/environment')
      return install(text, request)
    },
    uninstall: text => removeBlocks(text, '#'),
    note: () => 'Sessions that log in from now on have it.',
  }),
  besideMark({
    name: 'env',
    title: 'a .env file (EnvironmentFile=, env_file:, node --env-file)',
    argument: { name: 'FILE', usual: '.env' },
    reach: 'user',
    file: ({ cwd }, argument) => resolve(cwd, argument),
    install,
    uninstall: text => removeBlocks(text, '#'),
    note: () =>
      'It works where the file is read before node starts; a program that reads it by itself (dotenv) is too late.',
  }),
]

/** Adds to the last assignment, which is the one that counts. */
function install(text: string | undefined, request: Request): string {
  const last = readAssignment(text ?? '')
  const lineEnd = lineEndOf(text ?? '')
  const style = { comment: '#', lineEnd }
  if (!text || !last) {
    refuseWithin(`${text ?? ''}\n`)
    const value = quote('', request.preload)
    return appendBlock(text, [`NODE_OPTIONS=${value}`], style)
  }
  const end = text.indexOf('\n', last.index)
  const after = end < 0 ? text.length : end + 1
  const line = last.head + withOption(last, request.preload)
  return replaceRange(text, last.index, after, [line], style)
}

/** Adds the option to a value, quoted or not, and keeps what follows it. */
function withOption(
  { value, mark, tail }: AssignmentLine,
  preload: string,
): string {
  const rest = tail.replace(/\r$/, '')
  if (mark === '') return quote(value, preload) + rest
  if (preload.includes(mark)) {
    throw new CommandError(
      `NODE_OPTIONS is in ${mark} quotes, which the path of the stub needs too`,
    )
  }
  return mark + addOption(value, preload) + mark + rest
}

function quote(value: string, preload: string): string {
  const whole = addOption(value, preload)
  const mark = whole.includes('"') ? "'" : '"'
  if (whole.includes(mark)) {
    throw new CommandError('NODE_OPTIONS has both kinds of quotes already')
  }
  return mark + whole + mark
}
