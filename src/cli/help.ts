import {
  COMMON_OPTIONS,
  type Command,
  EXIT_CODES,
  type Note,
  type OptionSpec,
  type Program,
} from './command.ts'
import type { Paint } from './paint.ts'
import { columns, wrap } from './text-layout.ts'
import { usage } from './usage.ts'

/** How `--help` is laid out. */
export interface HelpStyle {
  readonly paint: Paint
  readonly width: number
}

/** `PROGRAM --help` of a program with commands. */
export function programHelp(program: Program, style: HelpStyle): string {
  const commands = program.commands.map(command => ({
    name: [command.name, ...(command.aliases ?? [])].join(', '),
    text: command.summary,
  }))
  return join([
    `${style.paint('bold', 'Usage:')} ${program.name} COMMAND [options]`,
    ...program.description.map(text => wrap(text, style.width)),
    section('Commands', commands, style),
    section('Options', optionNotes(COMMON_OPTIONS), style),
    `${program.name} COMMAND --help says more about one command.`,
  ])
}

/** `PROGRAM COMMAND --help`; `path` is how the user calls it. */
export function commandHelp(
  path: string,
  command: Command,
  style: HelpStyle,
): string {
  const options = optionNotes({ ...command.options, ...COMMON_OPTIONS })
  const args = command.args.map(({ name, help }) => ({ name, text: help }))
  const examples = command.examples.map(
    ({ line, text }) => `  ${line}\n${wrap(text, style.width, '      ')}`,
  )
  return join([
    `${style.paint('bold', 'Usage:')} ${usage(path, command)}`,
    ...command.description.map(text => wrap(text, style.width)),
    section('Arguments', args, style),
    section('Options', options, style),
    titled('Examples', examples, style),
    section('Exit codes', EXIT_CODES, style),
  ])
}

/** Options as the help and the manual name them: `-o, --output FILE`. */
export function optionNotes(
  options: Readonly<Record<string, OptionSpec>>,
): Note[] {
  return Object.entries(options).map(([name, option]) => ({
    name: optionName(name, option),
    text: option.help,
  }))
}

function optionName(name: string, option: OptionSpec): string {
  const short = option.short === undefined ? '    ' : `-${option.short}, `
  const value = option.value === undefined ? '' : ` ${option.value}`
  return `${short}--${name}${value}`
}

function section(
  title: string,
  notes: readonly Note[],
  style: HelpStyle,
): string {
  return titled(title, columns(notes, style.width), style)
}

function titled(title: string, lines: readonly string[], style: HelpStyle) {
  if (lines.length === 0) return ''
  return `${style.paint('bold', `${title}:`)}\n${lines.join('\n')}`
}

function join(parts: readonly string[]): string {
  return `${parts.filter(part => part !== '').join('\n\n')}\n`
}
