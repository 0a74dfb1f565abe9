import type { Branch } from './branches.ts'

/** Prints a word a line; what is typed so far is `$rest`. */
const WORDS = {
  file: 'compgen -f -- "$rest"',
  'npm script': `node -p 'Object.keys(require("./package.json").scripts || {}).join("\\n")' 2>/dev/null`,
} as const

/**
 * Lines for `npm:start`. To bash a colon ends a word, so the whole one is taken
 * from the command line, and what readline has already is taken off again.
 * Names are not for `compgen -W`, which would run what is in them.
 */
export function colonLines(branches: readonly Branch[]): string {
  const cases = branches.flatMap(({ afterColon }) =>
    Object.entries(afterColon).map(
      ([name, kind]) => `        ${name}) ${WORDS[kind]} ;;\n`,
    ),
  )
  if (cases.length === 0) return ''
  return `  local full=\${COMP_LINE:0:COMP_POINT}
  full=\${full##*[[:space:]]}
  if [[ $full == *:* ]]; then
    local target=\${full%%:*} rest=\${full#*:} had=
    [[ $COMP_WORDBREAKS == *:* ]] && had=\${full%"\${full##*:}"}
    while IFS= read -r word; do
      [[ $word != "$rest"* ]] || COMPREPLY+=("$target:$word")
    done < <(
      case $target in
${cases.join('')}        *) ;;
      esac
    )
    COMPREPLY=("\${COMPREPLY[@]#"$had"}")
    return
  fi
`
}
