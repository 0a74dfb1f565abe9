import { packageVersion } from '../package.ts'
import type { Command, ExitCode, Program } from './command.ts'
import { commandHelp, type HelpStyle, programHelp } from './help.ts'
import { type Io, processIo } from './io.ts'
import { catchTheRest } from './last-resort.ts'
import { nearest } from './nearest.ts'
import { painter } from './paint.ts'
import { parse } from './parse.ts'
import { explain, UsageError } from './problem.ts'
import { PROGRAMS } from './programs.ts'

/** What the files in bin/ call. */
export async function main(name: keyof typeof PROGRAMS): Promise<void> {
  catchTheRest(name)
  const argv = process.argv.slice(2)
  process.exitCode = await runProgram(PROGRAMS[name], argv, processIo())
}

/** Runs a command line and says in one line why it failed, if it did. */
export async function runProgram(
  program: Program,
  argv: readonly string[],
  io: Io,
): Promise<ExitCode> {
  let path = program.name
  try {
    const [command, rest] = choose(program, argv)
    if (command === undefined) return showProgram(program, rest[0], io)
    if (command !== program.command) path += ` ${command.name}`
    return await runCommand(path, command, rest, io)
  } catch (error) {
    const usage = error instanceof UsageError
    const hint = usage ? `\nTry: ${path} --help` : ''
    io.stderr.write(`${program.name}: ${explain(error)}${hint}\n`)
    return usage ? 2 : 1
  }
}

/** The command of a command line and its own arguments. */
function choose(
  program: Program,
  argv: readonly string[],
): [Command | undefined, readonly string[]] {
  if (program.command !== undefined) return [program.command, argv]
  const [name, ...rest] = argv
  if (name === undefined) throw new UsageError('A command is missing')
  if (PROGRAM_SWITCHES.includes(name)) return [undefined, argv]
  return [findCommand(program, name), rest]
}

const PROGRAM_SWITCHES = ['-h', '--help', '-V', '--version']

function showProgram(
  program: Program,
  name: string | undefined,
  io: Io,
): ExitCode {
  if (name === '-V' || name === '--version') return showVersion(program, io)
  return showHelp(programHelp(program, helpStyle(io)), io)
}

function findCommand(program: Program, name: string): Command {
  const found = program.commands.find(
    command => command.name === name || command.aliases?.includes(name),
  )
  if (found !== undefined) return found
  const names = program.commands.map(command => command.name)
  const near = nearest(name, names)
  const hint = near === undefined ? '' : `; did you mean ${near}?`
  throw new UsageError(`Unknown command "${name}"${hint}`)
}

async function runCommand(
  path: string,
  command: Command,
  argv: readonly string[],
  io: Io,
): Promise<ExitCode> {
  const input = parse(command, argv)
  if (input.values.flag('help')) {
    return showHelp(commandHelp(path, command, helpStyle(io)), io)
  }
  if (input.values.flag('version')) return showVersion({ name: path }, io)
  const { run } = await command.load()
  return run(input, io)
}

function showHelp(text: string, io: Io): ExitCode {
  io.stdout.write(text)
  return 0
}

function showVersion({ name }: { name: string }, io: Io): ExitCode {
  io.stdout.write(`${name} ${packageVersion()}\n`)
  return 0
}

function helpStyle(io: Io): HelpStyle {
  const width = Math.min(Math.max(io.stdout.columns ?? 80, 40), 100)
  return { paint: painter(io.stdout, io.env), width }
}
