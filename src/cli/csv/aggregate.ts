import { CommandError } from '../problem.ts'
import { iterationRank } from './cells.ts'
import { type ColumnChoice, type Layout, readLayout } from './columns.ts'
import { NewestRows } from './newest-rows.ts'
import { checkState, type Reading } from './one-state.ts'
import { readRows } from './row-reader.ts'
import { RowSplitter } from './row-splitter.ts'
import type { RowWriter } from './row-writer.ts'
import type { Source } from './source.ts'
import { WindowReader } from './window-reader.ts'

/** What is told while the work goes on. */
export interface Listener {
  readonly bad: (name: string, offset: number, reason: string) => void
  /** Between 0 and 1. */
  readonly progress: (fraction: number) => void
}

/** What was done. */
export interface Report {
  readonly rows: number
  readonly operations: number
  readonly badRows: number
}

/** Writes one row per WatchID, the newest, in the order of first rows. */
export async function aggregate(
  sources: readonly Source[],
  choice: ColumnChoice,
  writer: RowWriter,
  listener: Listener,
): Promise<Report> {
  const inputs = place(sources, choice)
  const total = sources.reduce((sum, source) => sum + source.size, 0)
  const index = new NewestRows(total)
  const counts = { rows: 0, badRows: 0 }
  const readings: Reading[] = []
  for (const input of inputs) {
    readings.push(await readInput(input, index, counts, listener, total))
  }
  const [first] = inputs
  if (first?.layout.header !== undefined) {
    await writer.write(first.layout.header, first.layout.lineEnd)
  }
  const reader = new WindowReader()
  let written = 0
  await index.each((offset, length) => {
    if (++written % 4096 === 0) {
      listener.progress(0.6 + (0.4 * written) / index.operations)
    }
    const input = inputs.findLast(each => each.base <= offset)
    if (input === undefined) return undefined
    const row = reader.read(input.source, offset - input.base, length)
    return writer.write(row, input.layout.lineEnd)
  })
  for (const reading of readings) checkState(reading)
  await writer.end()
  return { ...counts, operations: index.operations }
}

interface Input {
  readonly source: Source
  readonly layout: Layout
  /** Where it begins when all inputs are thought of as one. */
  readonly base: number
}

function place(sources: readonly Source[], choice: ColumnChoice): Input[] {
  let base = 0
  const inputs: Input[] = []
  for (const source of sources) {
    if (source.size === 0) continue
    const layout = readLayout(source, choice)
    const first = inputs[0]
    if (first !== undefined && !sameHeader(first.layout, layout)) {
      throw new CommandError(
        `${source.name}: its columns are not those of ${first.source.name}`,
      )
    }
    inputs.push({ source, layout, base })
    base += source.size
  }
  return inputs
}

/** Quoted or not: the names and what is between them count. */
function sameHeader(a: Layout, b: Layout): boolean {
  const isSame = a.names.join('\n') === b.names.join('\n')
  return isSame && (a.names.length === 0 || a.delimiter === b.delimiter)
}

async function readInput(
  { source, layout, base }: Input,
  index: NewestRows,
  counts: { rows: number; badRows: number },
  listener: Listener,
  total: number,
): Promise<Reading> {
  const splitter = new RowSplitter(layout.delimiter, layout.wanted)
  const { starts, ends } = splitter
  return readRows(source, splitter, {
    row: (bytes, start, end, offset) => {
      const problem = cellsProblem(splitter, layout)
      const [idStart = -1, iterationStart = -1] = starts
      const [idEnd = -1, iterationEnd = -1] = ends
      const rank =
        problem === undefined
          ? iterationRank(bytes, iterationStart, iterationEnd)
          : -1
      if (rank < 0 && isHeader(bytes, start, end, layout.header)) {
        return undefined
      }
      if (problem !== undefined) return problem
      if (rank < 0) return 'its Iteration is no number, final or final(n)'
      if (idStart === idEnd) return 'its WatchID is empty'
      counts.rows++
      index.add(bytes, idStart, idEnd, rank, base + offset, end - start)
      return undefined
    },
    bad: (offset, reason) => {
      counts.badRows++
      listener.bad(source.name, offset, reason)
    },
    progress: read => listener.progress((0.6 * (base + read)) / total),
  })
}

function cellsProblem(
  { columns, starts }: RowSplitter,
  layout: Layout,
): string | undefined {
  const expected = layout.header === undefined ? columns : layout.columns
  const counted = `${columns} ${columns === 1 ? 'column' : 'columns'}`
  if (columns !== expected) return `${counted} instead of ${expected}`
  if (starts.includes(-1)) return `only ${counted}`
  return undefined
}

/** Files that were put together have a header also in the middle. */
function isHeader(
  bytes: Uint8Array,
  start: number,
  end: number,
  header: Buffer | undefined,
): boolean {
  if (header === undefined) return false
  const row = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start)
  return (
    row.toString('latin1').trimEnd() === header.toString('latin1').trimEnd()
  )
}
