import { closeSync, openSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadSettings } from '../../config/load-settings.ts'
import type { Run } from '../command.ts'
import type { RowStyle } from '../demo/row.ts'
import type { Io } from '../io.ts'
import { painter } from '../paint.ts'
import { CommandError, isSystemError, named } from '../problem.ts'
import { Follower } from './follower.ts'
import { lastLines } from './last-lines.ts'
import { compileLineTest, formatLine, type LineTest } from './line.ts'

const POLL_MS = 200
const USUAL_LINES = 10

/** `mongowatch tail`. */
export const run: Run = async ({ args, values }, io) => {
  const isWanted = await compileLineTest(values.text('match'))
  const print = printer(values.flag('json'), io)
  const follow = values.flag('follow')
  const count = values.integer('lines', USUAL_LINES)
  const files = args.length > 0 ? args : configuredFiles()
  const followers = files.map(file => {
    try {
      return showEnd(file, count, follow, isWanted, print)
    } catch (error) {
      throw named(error, file)
    }
  })
  while (follow) {
    for (const follower of followers) follower?.poll()
    await sleep(POLL_MS)
  }
  return 0
}

/** Prints the last lines of a file; what comes later is for the follower. */
function showEnd(
  file: string,
  count: number,
  follow: boolean,
  isWanted: LineTest,
  print: (line: string) => void,
): Follower | undefined {
  const isShown: LineTest = line => line !== '' && isWanted(line)
  const onLine = (line: string) => {
    if (isShown(line)) print(line)
  }
  const descriptor = openFile(file, follow)
  if (descriptor === undefined) return new Follower(file, onLine)
  const { lines, offset, rest } = lastLines(descriptor, count, isShown)
  if (follow) {
    for (const line of lines) print(line)
    return new Follower(file, onLine, descriptor, offset)
  }
  closeSync(descriptor)
  // nobody waits for its end
  const all = isShown(rest) ? [...lines, rest] : lines
  for (const line of all.slice(all.length - Math.min(count, all.length)))
    print(line)
  return undefined
}

function openFile(file: string, mayBeAbsent: boolean): number | undefined {
  try {
    return openSync(file, 'r')
  } catch (error) {
    const isAbsent = isSystemError(error) && error.code === 'ENOENT'
    if (isAbsent && mayBeAbsent) return undefined
    throw error
  }
}

function printer(asJson: boolean, io: Io): (line: string) => void {
  if (asJson) return line => io.stdout.write(`${line}\n`)
  const paint = painter(io.stdout, io.env)
  return line => {
    const width = io.stdout.isTTY ? (io.stdout.columns ?? 80) : undefined
    const style: RowStyle = { paint, width: width ?? Number.POSITIVE_INFINITY }
    io.stdout.write(`${formatLine(line, style)}\n`)
  }
}

/** The files that the configuration here writes. */
function configuredFiles(): string[] {
  const { settings } = loadSettings({ mainScript: undefined })
  const files = Object.values(settings.handlers)
    .filter(handler => handler.class === 'file')
    .map(handler => handler.options.filename)
    .filter(name => typeof name === 'string')
  if (files.length > 0) return [...new Set(files)]
  throw new CommandError('the configuration here writes no file; name one')
}
