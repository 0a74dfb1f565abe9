import { type BigIntStats, closeSync, fstatSync, openSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Control, parseControl } from '../../integrity/control.ts'
import type { FileEnd } from '../../integrity/file-ends.ts'
import { isSystemError } from '../problem.ts'
import { DamagedError, type Line, readLines } from './read-lines.ts'

/** One file of a trail, and what its first line says. */
export interface TrailFile {
  readonly path: string
  /** `undefined` when it does not begin with a header. */
  readonly header: Control | undefined
  /** The same for two paths of one file; none for a pipe. */
  readonly identity: string | undefined
  /** What the headers of later files say of its end. */
  readonly ends: FileEnd[]
  /** Its lines; those of a pipe can be read once. */
  readonly lines: () => AsyncIterable<Line>
}

/** The file is no longer where it was: rotated, compressed or removed. */
export class MovedError extends Error {}

/** Reads the first line. A pipe goes on from there later. */
export async function openTrailFile(given: string): Promise<TrailFile> {
  const { path, stats } = await find(given)
  if (stats.isFile()) {
    return openRegular(path)
  }
  const source = new Once(readLines(path))
  const header = await source.header()
  const lines = () => source.lines()
  return { path, header, identity: undefined, ends: [], lines }
}

/** The file that is written to is held: it may be rotated before it is read. */
async function openRegular(path: string): Promise<TrailFile> {
  const fd = openSync(path, 'r')
  const { dev, ino } = fstatSync(fd, { bigint: true })
  const header = await headerOf(readLines(path, fd))
  const file = { path, header, identity: `${dev}:${ino}`, ends: [] }
  if (basename(path) === header?.Options.log) {
    return { ...file, lines: () => held(path, fd) }
  }
  closeSync(fd)
  return { ...file, lines: () => again(path, header) }
}

async function* held(path: string, fd: number): AsyncGenerator<Line> {
  try {
    yield* readLines(path, fd)
  } finally {
    closeSync(fd)
  }
}

/** A file that was compressed since it was listed has another name. */
async function find(
  path: string,
): Promise<{ path: string; stats: BigIntStats }> {
  const options = { bigint: true } as const
  if (path === '-') return { path, stats: fstatSync(0, options) }
  try {
    return { path, stats: await stat(path, options) }
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'ENOENT') throw error
    const compressed = `${path}.gz`
    const stats = await stat(compressed, options).catch(() => undefined)
    if (stats === undefined) throw error
    return { path: compressed, stats }
  }
}

/** Lines of a file whose header was read before. */
async function* again(
  path: string,
  header: Control | undefined,
): AsyncGenerator<Line> {
  let isFirst = true
  try {
    for await (const line of readLines(path)) {
      const id = isFirst ? idOf(line) : undefined
      if (isFirst && id !== header?.Options.file) throw new MovedError(path)
      isFirst = false
      yield line
    }
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') {
      throw new MovedError(path)
    }
    throw error
  }
}

async function headerOf(
  lines: AsyncIterable<Line>,
): Promise<Control | undefined> {
  try {
    for await (const { text } of lines) return headerIn(text)
  } catch (error) {
    if (!(error instanceof DamagedError)) throw error
  }
  return undefined
}

function headerIn(text: Buffer): Control | undefined {
  const control = parseControl(text)
  return control?.Operation === '$file' ? control : undefined
}

function idOf({ text }: Line): string | undefined {
  return headerIn(text)?.Options.file
}

/** Lines that can be read once, the first of them ahead of time. */
class Once {
  readonly #lines: AsyncGenerator<Line>
  #first: Promise<IteratorResult<Line>> | undefined

  constructor(lines: AsyncGenerator<Line>) {
    this.#lines = lines
  }

  async header(): Promise<Control | undefined> {
    this.#first = this.#lines.next()
    try {
      const { value, done } = await this.#first
      return done ? undefined : headerIn(value.text)
    } catch (error) {
      if (!(error instanceof DamagedError)) throw error
      return undefined
    }
  }

  async *lines(): AsyncGenerator<Line> {
    const first = await this.#first
    if (first === undefined || first.done) return
    yield first.value
    yield* this.#lines
  }
}
