import type { OptionSpec, Program } from '../command.ts'
import { type Branch, branches, shortHelp } from './branches.ts'

/** The completion of a program for fish. */
export function fishCompletion(program: Program): string {
  const lines = branches(program).flatMap(branch => rules(program, branch))
  return `# fish completion for ${program.name}\n${lines.join('\n')}\n`
}

function rules(program: Program, branch: Branch): string[] {
  const start = `complete -c ${program.name}`
  const own = branch.names.length === 0
  const inside = own
    ? start
    : `${start} -n ${quote(`__fish_seen_subcommand_from ${branch.names.join(' ')}`)}`
  const lines = branch.names.map(
    name =>
      `${start} -f -n __fish_use_subcommand -a ${name} -d ${quote(branch.summary)}`,
  )
  if (!branch.files) lines.push(`${inside} -f`)
  if (branch.choices.length > 0) {
    lines.push(`${inside} -f -a ${quote(branch.choices.join(' '))}`)
  }
  return [
    ...lines,
    ...branch.options.map(([name, option]) => rule(inside, name, option)),
  ]
}

function rule(inside: string, name: string, option: OptionSpec): string {
  const short = option.short === undefined ? '' : ` -s ${option.short}`
  return `${inside}${short} -l ${name}${value(option)} -d ${quote(shortHelp(option))}`
}

function value(option: OptionSpec): string {
  if (option.value === undefined) return ''
  if (option.choices !== undefined) {
    return ` -x -a ${quote(option.choices.join(' '))}`
  }
  return option.complete === undefined ? ' -x' : ' -r'
}

const quote = (text: string) =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
