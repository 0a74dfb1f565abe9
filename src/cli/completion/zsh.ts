import type { OptionSpec, Program } from '../command.ts'
import { type Branch, branches, shortHelp, spellings } from './branches.ts'

/** The completion of a program for zsh. */
export function zshCompletion(program: Program): string {
  const all = branches(program)
  const name = `_${program.name.replaceAll('-', '_')}`
  const body = program.command === undefined ? group(all) : all.map(rules)
  return `#compdef ${program.name}
# zsh completion for ${program.name}
${name}() {
  local curcontext="$curcontext" state line
  typeset -A opt_args
${body.join('\n')}
}
if [[ $funcstack[1] == ${name} ]]; then
  ${name} "$@"
else
  compdef ${name} ${program.name}
fi
`
}

function group(all: readonly Branch[]): string[] {
  const names = all.flatMap(branch =>
    branch.names.map(name => `    ${quote(`${name}:${branch.summary}`)}`),
  )
  const cases = all.map(
    branch => `    ${branch.names.join('|')})\n${rules(branch)}\n      ;;`,
  )
  return [
    `  local -a commands=(\n${names.join('\n')}\n  )`,
    "  _arguments -C '(-h --help)'{-h,--help}'[Show this help]' '(-V --version)'{-V,--version}'[Show the version]' '1: :->command' '*:: :->rest'",
    '  case $state in',
    "    command) _describe 'command' commands ;;",
    `    rest) case $line[1] in\n${cases.join('\n')}\n    esac ;;`,
    '  esac',
  ]
}

function rules(branch: Branch): string {
  const list = branch.options.map(([name, option]) => rule(name, option))
  if (branch.choices.length > 0) {
    list.push(quote(`1: :(${branch.choices.join(' ')})`))
  }
  if (branch.files) list.push("'*:file:_files'")
  return `      _arguments \\\n        ${list.join(' \\\n        ')}`
}

function rule(name: string, option: OptionSpec): string {
  const forms = spellings(name, option)
  const text = `[${escapeRule(shortHelp(option))}]${action(option)}`
  const prefix = option.multiple ? "'*'" : `'(${forms.join(' ')})'`
  const brace = forms.length > 1 ? `{${forms.join(',')}}` : forms[0]
  return `${prefix}${brace}${quote(text)}`
}

function action(option: OptionSpec): string {
  if (option.value === undefined) return ''
  const label = `:${option.value}:`
  if (option.choices !== undefined) {
    return `${label}(${option.choices.join(' ')})`
  }
  if (option.complete === undefined) return `${label} `
  return `${label}${option.complete === 'file' ? '_files' : '_files -/'}`
}

const escapeRule = (text: string) =>
  text.replace(/[[\]:\\]/g, character => `\\${character}`)

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
