import {
  type Command,
  EXIT_CODES,
  type Note,
  type OptionTable,
  type Program,
} from '../command.ts'
import { optionNotes } from '../help.ts'
import { usage } from '../usage.ts'

/** docs/commands.md: every program, command and option. */
export function commandsMarkdown(programs: readonly Program[]): string {
  return [
    '# Commands',
    '<!-- Written by `npm run man` from src/cli; do not edit. -->',
    'Every command has `--help` and `--version`, works without a terminal and honours `NO_COLOR`.',
    table(['exit code', 'meaning'], EXIT_CODES),
    ...programs.flatMap(programParts),
    '',
  ].join('\n\n')
}

function programParts(program: Program): string[] {
  const heading = `## ${program.name}`
  if (program.command !== undefined) {
    return [heading, ...commandParts(program.name, program.command)]
  }
  return [
    heading,
    ...program.description.map(escapeText),
    ...program.commands.flatMap(command => [
      `### ${program.name} ${command.name}`,
      ...commandParts(`${program.name} ${command.name}`, command),
    ]),
  ]
}

function commandParts(path: string, command: Command): string[] {
  const args = command.args.map(({ name, help }) => ({ name, text: help }))
  return [
    `\`${usage(path, command)}\``,
    ...(command.aliases ?? []).map(alias => `Also called \`${alias}\`.`),
    ...command.description.map(escapeText),
    ...optional(args, ['argument', 'meaning']),
    ...optional(optionRows(command.options), ['option', 'meaning']),
    ...command.examples.map(
      ({ line, text }) => `${escapeText(text)}\n\n\`\`\`sh\n${line}\n\`\`\``,
    ),
  ]
}

function optionRows(options: OptionTable): Note[] {
  return optionNotes(options).map(({ name, text }) => ({
    name: name.trim(),
    text,
  }))
}

function optional(
  notes: readonly Note[],
  heads: readonly [string, string],
): string[] {
  return notes.length === 0 ? [] : [table(heads, notes)]
}

function table(
  heads: readonly [string, string],
  notes: readonly Note[],
): string {
  const rows = notes.map(
    ({ name, text }) => `| \`${cell(name)}\` | ${cell(escapeText(text))} |`,
  )
  return [`| ${heads.join(' | ')} |`, '| --- | --- |', ...rows].join('\n')
}

const cell = (text: string) => text.replaceAll('|', '\\|')

/** Keeps `*`, `_` and `<` of a text from becoming markup. */
function escapeText(text: string): string {
  return text.replace(/[*_<]/g, character => `\\${character}`)
}
