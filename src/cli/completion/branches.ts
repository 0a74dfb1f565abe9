import {
  type Argument,
  COMMON_OPTIONS,
  type Command,
  type OptionSpec,
  type Program,
} from '../command.ts'

/** A command as the completions see it; `names` is empty for the program's own. */
export interface Branch {
  readonly names: readonly string[]
  readonly summary: string
  readonly options: readonly (readonly [string, OptionSpec])[]
  /** Values that are offered for the first argument. */
  readonly choices: readonly string[]
  /** What is offered behind a colon. */
  readonly afterColon: NonNullable<Argument['afterColon']>
  /** Arguments are files. */
  readonly files: boolean
}

/** The commands of a program, each with the options that all have. */
export function branches(program: Program): Branch[] {
  if (program.command !== undefined) return [branch(program.command, [])]
  return program.commands.map(command =>
    branch(command, [command.name, ...(command.aliases ?? [])]),
  )
}

function branch(command: Command, names: readonly string[]): Branch {
  return {
    names,
    summary: command.summary,
    options: Object.entries({ ...command.options, ...COMMON_OPTIONS }),
    choices: command.args[0]?.choices ?? command.args[0]?.suggestions ?? [],
    afterColon: command.args[0]?.afterColon ?? {},
    files: command.args.some(argument => argument.complete === 'file'),
  }
}

/** `-o` and `--output`. */
export function spellings(name: string, option: OptionSpec): string[] {
  const long = `--${name}`
  return option.short === undefined ? [long] : [`-${option.short}`, long]
}

/** What an option does, short enough for one line beside it. */
export function shortHelp({ help }: OptionSpec): string {
  return /^[^.;:(]*/.exec(help)?.[0].trim() || help
}
