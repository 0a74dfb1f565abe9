import type { OptionSpec, Program } from '../command.ts'
import { colonLines } from './bash-colon.ts'
import { type Branch, branches, spellings } from './branches.ts'

/** The completion of a program for bash 3.2 and later. */
export function bashCompletion(program: Program): string {
  const all = branches(program)
  const name = `_${program.name.replaceAll('-', '_')}`
  const commands = all.flatMap(branch => branch.names)
  return `# bash completion for ${program.name}
${name}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} command= word
  COMPREPLY=()
${colonLines(all)}  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
${all.filter(isNamed).map(commandCase).join('')}      *) ;;
    esac
  done
  case $command:$prev in
${all.flatMap(valueCases).join('')}    *) ;;
  esac
  case $command in
${commands.length > 0 ? wordsCase("''", [...commands, '--help', '--version'], false) : ''}${all.map(optionsCase).join('')}    *) ;;
  esac
}
complete -F ${name} ${program.name}
`
}

const isNamed = (branch: Branch) => branch.names.length > 0

const label = (branch: Branch) => branch.names[0] ?? ''

function commandCase(branch: Branch): string {
  return `      ${branch.names.join(' | ')}) command=\${command:-${label(branch)}} ;;\n`
}

function valueCases(branch: Branch): string[] {
  return branch.options
    .filter(([, option]) => option.value !== undefined)
    .map(([name, option]) => {
      const patterns = spellings(name, option).map(
        spelling => `${label(branch)}:${spelling}`,
      )
      return `    ${patterns.join(' | ')})\n      ${reply(option)}\n      return ;;\n`
    })
}

function reply(option: OptionSpec): string {
  if (option.choices !== undefined) return words(option.choices)
  if (option.complete === undefined) return ':'
  return files(option.complete === 'file' ? '-f' : '-d')
}

function optionsCase(branch: Branch): string {
  const list = branch.options.map(([name]) => `--${name}`)
  const pattern = label(branch) === '' ? "''" : label(branch)
  return wordsCase(pattern, [...branch.choices, ...list], branch.files)
}

function wordsCase(
  pattern: string,
  list: readonly string[],
  withFiles: boolean,
): string {
  const fallback = withFiles ? `\n      [[ $cur == -* ]] || ${files('-f')}` : ''
  return `    ${pattern})\n      ${words(list)}${fallback} ;;\n`
}

function words(list: readonly string[]): string {
  return `COMPREPLY=($(compgen -W '${list.join(' ')}' -- "$cur"))`
}

function files(kind: '-f' | '-d'): string {
  return `{ compopt -o filenames 2>/dev/null; local IFS=$'\\n'; COMPREPLY=($(compgen ${kind} -- "$cur")); }`
}
