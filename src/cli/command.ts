import type { Io } from './io.ts'
import type { Values } from './values.ts'

/** 0 done, 1 a failure that was explained, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2

/** One option: `--help`, the manual and the completions are made of it. */
export interface OptionSpec {
  /** The one-letter form. */
  readonly short?: string
  /** Name of its value in the help; an option without one is a switch. */
  readonly value?: string
  /** The only values it takes. */
  readonly choices?: readonly string[]
  /** The least whole number it takes; the value must then be a number. */
  readonly minimum?: number
  /** It may be given several times. */
  readonly multiple?: boolean
  /** What completion offers for its value. */
  readonly complete?: 'file' | 'directory'
  /** One or two sentences. */
  readonly help: string
}

/** Long name to option. */
export type OptionTable = Readonly<Record<string, OptionSpec>>

/** What stands after the options. */
export interface Argument {
  /** Upper case, as the help shows it. */
  readonly name: string
  readonly help: string
  readonly optional?: boolean
  readonly multiple?: boolean
  readonly choices?: readonly string[]
  /** What completion offers, though other values are right too. */
  readonly suggestions?: readonly string[]
  readonly complete?: 'file'
  /** What bash offers behind `NAME:` of a suggestion. */
  readonly afterColon?: Readonly<Record<string, 'file' | 'npm script'>>
}

/** A command line and what it does. */
export interface Example {
  readonly line: string
  readonly text: string
}

/** What a command gets when it is run. */
export interface Input {
  readonly values: Values
  readonly args: readonly string[]
}

/** What a command's module exports. */
export type Run = (input: Input, io: Io) => Promise<ExitCode>

/** A command as data; its code is loaded only when it is run. */
export interface Command {
  readonly name: string
  readonly aliases?: readonly string[]
  /** What it does, in half a line, without a full stop. */
  readonly summary: string
  /** Paragraphs. */
  readonly description: readonly string[]
  readonly options: OptionTable
  readonly args: readonly Argument[]
  readonly examples: readonly Example[]
  readonly load: () => Promise<{ readonly run: Run }>
}

/** A line of the manual's FILES or ENVIRONMENT. */
export interface Note {
  readonly name: string
  readonly text: string
}

/** What is installed as one executable: a command, or a group of them. */
export interface Program {
  readonly name: string
  readonly summary: string
  readonly description: readonly string[]
  /** Subcommands; a program without any is its own command. */
  readonly commands: readonly Command[]
  readonly command?: Command
  readonly files: readonly Note[]
  readonly environment: readonly Note[]
}

/** Options that every command has. */
export const COMMON_OPTIONS = {
  help: { short: 'h', help: 'Show this help.' },
  version: { short: 'V', help: 'Show the version.' },
} as const satisfies OptionTable

/** The exit codes, as the help and the manual say them. */
export const EXIT_CODES: readonly Note[] = [
  { name: '0', text: 'Done.' },
  { name: '1', text: 'It failed, and one line on stderr says why.' },
  { name: '2', text: 'Wrong usage.' },
]
