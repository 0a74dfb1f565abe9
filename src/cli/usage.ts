import type { Argument, Command } from './command.ts'

/** `mongowatch-csv aggregate [options] [FILE...]`. */
export function usage(path: string, command: Command): string {
  return [path, '[options]', ...command.args.map(argumentUsage)].join(' ')
}

function argumentUsage(argument: Argument): string {
  const name = argument.multiple ? `${argument.name}...` : argument.name
  return argument.optional ? `[${name}]` : name
}
