import { iterationRank } from './cells.ts'
import { guessDelimiter } from './dialect.ts'
import { INCOMPLETE, RowSplitter } from './row-splitter.ts'
import type { Source } from './source.ts'

const HEAD = 1 << 18

/** What the command line says about the columns; numbers from 1. */
export interface ColumnChoice {
  readonly delimiter: string | undefined
  readonly watchId: number | undefined
  readonly iteration: number | undefined
}

/** What the beginning of a file says about all of it. */
export interface Layout {
  readonly delimiter: string
  /** Columns of WatchID and Iteration, from 0. */
  readonly wanted: readonly [number, number]
  /** The header's bytes without line end; undefined when there is none. */
  readonly header: Buffer | undefined
  /** The header's cells, without their quotes. */
  readonly names: readonly string[]
  /** How many cells the header has. */
  readonly columns: number
  readonly lineEnd: string
}

/** Looks at the first row of a file: is it a header, which columns are ours? */
export function readLayout(source: Source, choice: ColumnChoice): Layout {
  const head = readHead(source)
  const newline = head.indexOf('\n')
  const line = newline < 0 ? head : head.subarray(0, newline)
  const delimiter = choice.delimiter ?? guessDelimiter(line.toString('latin1'))
  const names = headerNames(line.toString('latin1'), delimiter)
  const wanted = [
    column(choice.watchId, names.indexOf('WatchID'), 0),
    column(choice.iteration, names.indexOf('Iteration'), 1),
  ] as const
  const splitter = new RowSplitter(delimiter, wanted)
  const end = splitter.split(head, 0, head.length, true)
  const rank = iterationRank(
    head,
    splitter.starts[1] ?? -1,
    splitter.ends[1] ?? -1,
  )
  const isHeader = names.includes('WatchID') || (end !== INCOMPLETE && rank < 0)
  return {
    delimiter,
    wanted,
    header: isHeader && head.length > 0 ? withoutReturn(line) : undefined,
    names: isHeader ? names : [],
    columns: splitter.columns,
    lineEnd: line.at(-1) === 13 ? '\r\n' : '\n',
  }
}

function column(chosen: number | undefined, named: number, usual: number) {
  if (chosen !== undefined) return chosen - 1
  return named < 0 ? usual : named
}

function readHead(source: Source): Buffer {
  const head = Buffer.alloc(Math.min(HEAD, source.size))
  const count = source.read(head, 0, head.length, 0)
  const bytes = head.subarray(0, count)
  return bytes.indexOf('\ufeff') === 0 ? bytes.subarray(3) : bytes
}

function headerNames(line: string, delimiter: string): string[] {
  return line.split(delimiter).map(name => name.trim().replace(/^"|"$/g, ''))
}

/** A line without the carriage return of its end. */
export function withoutReturn(line: Buffer): Buffer {
  return line.at(-1) === 13 ? line.subarray(0, -1) : line
}
