import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readBytes } from '../files.ts'
import { appendBlock, removeBlocks } from '../marked-block.ts'
import type { Place, Request, Surroundings } from '../place.ts'
import { earlyEnd } from './early-end.ts'
import { fishLines, shellLines } from './shell-script.ts'

type Lines = (request: Request) => string[]

const NEW_SHELL = 'Shells opened from now on have it; this one does not.'
const NEW_LOGIN = 'Sessions that log in from now on have it.'

/** Files that shells read when they start. */
export const SHELL_PLACES: readonly Place[] = [
  shell('bash', 'interactive bash: ~/.bashrc', 'user', NEW_SHELL, ({ home }) =>
    join(home, '.bashrc'),
  ),
  shell('profile', 'login shells: ~/.profile', 'user', NEW_LOGIN, loginFile),
  shell('zsh', 'interactive zsh: ~/.zshrc', 'user', NEW_SHELL, zshFile),
  {
    ...shell('fish', 'fish: a file in its conf.d', 'user', NEW_SHELL, fishFile),
    install: (text, request) => append(text, request, fishLines),
    obstacle: (_text, _argument, where) => setByFish(where),
  },
  shell(
    'profile.d',
    "all users' login shells: /etc/profile.d",
    'system',
    NEW_LOGIN,
    ({ root }) => join(root, '/etc/profile.d/mongowatch.sh'),
  ),
]

function shell(
  name: string,
  title: string,
  reach: 'system' | 'user',
  note: string,
  file: Place['file'],
): Place {
  return {
    name,
    title,
    reach,
    file,
    install: (text, request) => append(text, request, shellLines),
    uninstall: text => removeBlocks(text, '#'),
    obstacle: earlyEnd,
    note: () => note,
  }
}

/** LF also in a CR LF file: a shell would take the CR for part of the path. */
function append(text: string | undefined, request: Request, lines: Lines) {
  return appendBlock(text, lines(request), { comment: '#' })
}

/** bash reads only the first of these that exists. */
function loginFile({ home }: Surroundings): string {
  const names = ['.bash_profile', '.bash_login', '.profile']
  const files = names.map(name => join(home, name))
  return files.find(file => existsSync(file)) ?? join(home, '.profile')
}

function zshFile({ home, root, env }: Surroundings): string {
  const folder = env.ZDOTDIR ? join(root, env.ZDOTDIR) : home
  return join(folder, '.zshrc')
}

function fishFile({ home, root, env }: Surroundings): string {
  const folder = env.XDG_CONFIG_HOME
    ? join(root, env.XDG_CONFIG_HOME)
    : join(home, '.config')
  return join(folder, 'fish/conf.d/mongowatch.fish')
}

/** fish reads config.fish after conf.d. */
function setByFish(where: Surroundings): string | undefined {
  const file = join(dirname(fishFile(where)), '../config.fish')
  const lines = (readBytes(file) ?? '').split('\n')
  const index = lines.findIndex(
    line =>
      /^\s*set\s.*\bNODE_OPTIONS\b/.test(line) && !/\$NODE_OPTIONS/.test(line),
  )
  if (index < 0) return undefined
  return `fish reads ${file} after it, and line ${index + 1} there sets NODE_OPTIONS anew: what fish starts is not watched. Write $NODE_OPTIONS before the value in that line`
}
