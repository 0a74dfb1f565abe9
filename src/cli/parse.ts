import { parseArgs } from 'node:util'
import {
  type Argument,
  COMMON_OPTIONS,
  type Command,
  type Input,
  type OptionTable,
} from './command.ts'
import { nearest } from './nearest.ts'
import { UsageError } from './problem.ts'
import { Values } from './values.ts'

/** Reads a command's arguments, or says in one sentence what is wrong. */
export function parse(command: Command, argv: readonly string[]): Input {
  const options = { ...command.options, ...COMMON_OPTIONS }
  const { values, positionals } = split(options, argv)
  const input = { values: new Values(values), args: positionals }
  if (input.values.flag('help') || input.values.flag('version')) return input
  checkOptions(options, input.values)
  checkArguments(command.args, positionals)
  return input
}

function split(options: OptionTable, argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: Object.fromEntries(
        Object.entries(options).map(([name, option]) => [
          name,
          {
            type: option.value === undefined ? 'boolean' : 'string',
            multiple: option.multiple ?? false,
            ...(option.short === undefined ? {} : { short: option.short }),
          } as const,
        ]),
      ),
    })
  } catch (error) {
    throw new UsageError(describe(error, options))
  }
}

function describe(error: unknown, options: OptionTable): string {
  const text = error instanceof Error ? error.message : String(error)
  const alone = /^Option '([^', ]*).*(?:ambiguous|argument missing)/.exec(
    text,
  )?.[1]
  if (alone !== undefined) return `${alone} needs a value`
  const unknown = /^Unknown option '(-[^']*)'/.exec(text)?.[1]
  if (unknown === undefined) return firstSentence(text)
  const near = nearest(unknown.replace(/^-+/, ''), Object.keys(options))
  const hint = near === undefined ? '' : `; did you mean --${near}?`
  return `Unknown option ${unknown}${hint}`
}

function firstSentence(text: string): string {
  return (text.split('\n')[0] ?? text).split('. ')[0] ?? text
}

function checkOptions(options: OptionTable, values: Values): void {
  for (const [name, option] of Object.entries(options)) {
    for (const value of values.list(name)) {
      if (option.choices !== undefined && !option.choices.includes(value)) {
        throw new UsageError(
          `--${name} must be one of ${option.choices.join(', ')}, not "${value}"`,
        )
      }
      const least = option.minimum
      if (least === undefined) continue
      if (!/^\d{1,15}$/.test(value) || Number(value) < least) {
        throw new UsageError(
          `--${name} must be a whole number from ${least}, not "${value}"`,
        )
      }
    }
  }
}

function checkArguments(
  specs: readonly Argument[],
  args: readonly string[],
): void {
  const needed = specs.filter(spec => !spec.optional)
  const missing = needed[args.length]
  if (missing !== undefined) {
    throw new UsageError(`${missing.name} is missing`)
  }
  if (!specs.some(spec => spec.multiple) && args.length > specs.length) {
    throw new UsageError(`Unexpected argument "${args[specs.length]}"`)
  }
  for (const [index, spec] of specs.entries()) {
    const value = args[index]
    if (value === undefined || spec.choices === undefined) continue
    if (spec.choices.includes(value)) continue
    throw new UsageError(
      `${spec.name} must be one of ${spec.choices.join(', ')}, not "${value}"`,
    )
  }
}
