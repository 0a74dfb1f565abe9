import type { Request } from '../place.ts'

/**
 * Shell lines that add the option to NODE_OPTIONS once, and only where the stub
 * exists; for sh, dash, bash, zsh and ksh, also under `set -eu`.
 */
export function shellLines({ preload, stub }: Request): string[] {
  return [
    '# Node programs started from here are watched: man mongowatch-install-mask',
    `if [ -r ${quote(stub)} ]; then`,
    '  case " ${NODE_OPTIONS-} " in',
    `    *${quote(` ${preload} `)}*) ;;`,
    `    *) export NODE_OPTIONS="\${NODE_OPTIONS:+$NODE_OPTIONS }"${quote(preload)} ;;`,
    '  esac',
    'fi',
  ]
}

/** The same for fish. */
export function fishLines({ preload, stub }: Request): string[] {
  const option = quoteFish(preload)
  return [
    '# Node programs started from here are watched: man mongowatch-install-mask',
    `if test -r ${quoteFish(stub)}`,
    `    and not string match -q -r -- (string escape --style=regex -- ${option}) "$NODE_OPTIONS"`,
    `    set -gx NODE_OPTIONS (string join ' ' -- $NODE_OPTIONS ${option})`,
    'end',
  ]
}

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

const quoteFish = (text: string) =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
