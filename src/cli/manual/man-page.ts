import {
  COMMON_OPTIONS,
  type Command,
  EXIT_CODES,
  type Note,
  type Program,
} from '../command.ts'
import { optionNotes } from '../help.ts'
import { usage } from '../usage.ts'

/** The manual page of a program, section 1, for man(1). */
export function manPage(program: Program, version: string, date: Date): string {
  const day = date.toISOString().slice(0, 10)
  const body = program.command
    ? ownCommand(program, program.command)
    : group(program)
  return [
    `.TH ${program.name.toUpperCase()} 1 "${day}" "mongowatch ${version}" "mongowatch"`,
    '.ad l', // spaces of a command line are not stretched
    '.SH NAME',
    `${roff(program.name)} \\- ${roff(program.summary)}`,
    ...body,
    ...section('EXIT STATUS', EXIT_CODES),
    ...section('ENVIRONMENT', program.environment),
    ...section('FILES', program.files),
    '',
  ].join('\n')
}

function ownCommand(program: Program, command: Command): string[] {
  return [
    '.SH SYNOPSIS',
    `.B ${roff(usage(program.name, command))}`,
    '.SH DESCRIPTION',
    ...paragraphs(command.description),
    ...details(command, section),
    ...examples([command]),
  ]
}

function group(program: Program): string[] {
  return [
    '.SH SYNOPSIS',
    `.B ${roff(`${program.name} COMMAND [options]`)}`,
    '.SH DESCRIPTION',
    ...paragraphs(program.description),
    ...section('OPTIONS', optionNotes(COMMON_OPTIONS)),
    '.SH COMMANDS',
    ...program.commands.flatMap(command => [
      `.SS ${roff(usage(`${program.name} ${command.name}`, command))}`,
      ...aliases(command),
      ...paragraphs(command.description),
      ...details(command, (_title, notes) => tagged(notes)),
    ]),
    ...examples(program.commands),
  ]
}

type Section = (title: string, notes: readonly Note[]) => string[]

function details(command: Command, make: Section): string[] {
  const args = command.args.map(({ name, help }) => ({ name, text: help }))
  return [
    ...make('ARGUMENTS', args),
    ...make('OPTIONS', optionNotes(command.options)),
  ]
}

function examples(commands: readonly Command[]): string[] {
  const all = commands.flatMap(command => command.examples)
  return section(
    'EXAMPLES',
    all.map(({ line, text }) => ({ name: line, text })),
  )
}

function aliases(command: Command): string[] {
  if (command.aliases === undefined) return []
  return [roff(`Also called ${command.aliases.join(', ')}.`), '.PP']
}

/** A heading begins the first one. */
function paragraphs(texts: readonly string[]): string[] {
  return texts.flatMap(text => ['.PP', roff(text)]).slice(1)
}

function section(title: string, notes: readonly Note[]): string[] {
  return notes.length === 0 ? [] : [`.SH ${title}`, ...tagged(notes)]
}

function tagged(notes: readonly Note[]): string[] {
  return notes.flatMap(({ name, text }) => [
    '.TP',
    `.B ${roff(name.trim())}`,
    roff(text),
  ])
}

/** Escapes what roff would read as a request or a typographic sign. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('"', '\\(dq')
    .replaceAll('`', '\\(ga')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti')
    .replace(/^\./, '\\&.')
}
