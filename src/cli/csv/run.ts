import { closeSync, openSync, type Stats, statSync } from 'node:fs'
import type { ExitCode, Input, Run } from '../command.ts'
import type { Io } from '../io.ts'
import { CommandError, named, UsageError } from '../problem.ts'
import { startProgress } from '../progress.ts'
import { replacing } from '../replace-file.ts'
import { writeAll } from '../write-all.ts'
import { aggregate, type Report } from './aggregate.ts'
import { DIALECTS } from './dialect.ts'
import { checkName } from './one-state.ts'
import { RowConverter } from './row-converter.ts'
import { RowWriter, type Sink, streamSink } from './row-writer.ts'
import { openFile, openStream, type Source } from './source.ts'

const MAX_BAD_ROWS_SHOWN = 10

/** `mongowatch-csv aggregate`. */
export const run: Run = async (input, io) => {
  const { args, values } = input
  if (values.oneOf(['in-place', 'output']) !== 'in-place') {
    return aggregateTogether(input, io)
  }
  if (args.length === 0 || args.includes('-')) {
    throw new UsageError('--in-place needs files, not standard input')
  }
  for (const file of args) await aggregateInPlace(file, input, io)
  return 0
}

async function aggregateInPlace(
  file: string,
  input: Input,
  io: Io,
): Promise<void> {
  const before = statSync(file)
  const source = openFile(file)
  await replacing(file, async ({ descriptor }) => {
    const report = await work([source], input, fileSink(descriptor, file), io)
    if (report.badRows > 0) {
      throw new CommandError(
        `${file}: ${rows(report.badRows)} cannot be read, so it was left as it is`,
      )
    }
    if (!isUnchanged(before, statSync(file))) {
      throw new CommandError(
        `${file}: it was written to meanwhile, so it was left as it is`,
      )
    }
    say(io, file, report)
  })
  source.close()
}

async function aggregateTogether(input: Input, io: Io): Promise<ExitCode> {
  const names = input.args.length === 0 ? ['-'] : input.args
  const sources: Source[] = []
  for (const name of names) {
    const stream = name === '-'
    sources.push(
      stream ? await openStream(io.stdin, 'standard input') : openFile(name),
    )
  }
  for (const source of sources) checkName(source)
  const report = await writeOutput(sources, input, io)
  for (const source of sources) source.close()
  if (report.badRows === 0) return 0
  throw new CommandError(`${rows(report.badRows)} left out of the result`)
}

async function writeOutput(
  sources: readonly Source[],
  input: Input,
  io: Io,
): Promise<Report> {
  const output = input.values.text('output')
  if (output === undefined || output === '-') {
    return work(sources, input, streamSink(io.stdout), io)
  }
  const stat = statSync(output, { throwIfNoEntry: false })
  if (stat === undefined || stat.isFile()) {
    const report = await replacing(output, ({ descriptor }) =>
      work(sources, input, fileSink(descriptor, output), io),
    )
    say(io, output, report)
    return report
  }
  const device = openSync(output, 'w')
  const report = await work(sources, input, fileSink(device, output), io)
  closeSync(device)
  return report
}

async function work(
  sources: readonly Source[],
  { values }: Input,
  sink: Sink,
  io: Io,
): Promise<Report> {
  const dialect = DIALECTS[values.text('dialect') ?? '']
  const choice = {
    delimiter: dialect?.delimiter,
    watchId: number(values.text('watch-id-column')),
    iteration: number(values.text('iteration-column')),
  }
  const writer = new RowWriter(sink, dialect && new RowConverter(dialect))
  const progress = await startProgress(io.stderr)
  const bad: string[] = []
  try {
    return await aggregate(sources, choice, writer, {
      bad: (name, offset, reason) => {
        if (bad.length > MAX_BAD_ROWS_SHOWN) return
        bad.push(`${name}: bad row at byte ${offset}: ${reason}\n`)
      },
      progress: progress.update,
    })
  } finally {
    progress.stop()
    if (bad.length > MAX_BAD_ROWS_SHOWN) bad.splice(-1, 1, '... and more\n')
    io.stderr.write(bad.join(''))
  }
}

function fileSink(descriptor: number, name: string): Sink {
  return bytes => {
    try {
      writeAll(descriptor, bytes)
    } catch (error) {
      throw named(error, name)
    }
    return undefined
  }
}

function say(io: Io, name: string, report: Report): void {
  const operations = counted(report.operations, 'operation')
  io.stderr.write(`${name}: ${rows(report.rows)}, ${operations}\n`)
}

const counted = (count: number, what: string) =>
  `${count} ${what}${count === 1 ? '' : 's'}`

const rows = (count: number) => counted(count, 'row')

const number = (text: string | undefined) =>
  text === undefined ? undefined : Number(text)

function isUnchanged(before: Stats, after: Stats): boolean {
  return (
    before.ino === after.ino &&
    before.size === after.size &&
    before.mtimeMs === after.mtimeMs
  )
}
